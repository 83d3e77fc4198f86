//! Logins: in a page with two calls, and what a client is made of again.

use super::Mastodon;
use super::call::static_call;
use super::error::Error;
use crate::api::options::{
    FinishLoginOptions, LoginCredentials, RestoreOptions, StartLoginOptions,
};
use crate::client::Client;
use crate::client::options::MastodonOptions;
use crate::entities::Application;
use crate::login::finish::{finish, saved_client};
use crate::login::start::begin;
use std::rc::Rc;

fn some(client: Option<Rc<Client>>) -> Option<Mastodon> {
    client.map(Mastodon::from)
}

impl Mastodon {
    /// Sends the user to their server to authorize the application: the first half of a login, for a
    /// button. They come back to `redirect_uri`, where [`Mastodon::finish_login`] does the second half.
    /// With `popup`, all of it happens in a window of its own, and the client comes out.
    ///
    /// Finds the server in what users type, registers the application there once, and protects the login
    /// with `state` and PKCE. `api_base_url` and `client_name` must be given.
    ///
    /// # Errors
    /// The address is none, nothing responds there, or the login failed: [`Error::reason`] says how.
    pub async fn start_login(options: &StartLoginOptions) -> Result<Option<Self>, Error> {
        let index = const { crate::api::index_of("startLogin") };
        let call = static_call(index, &[], &options.record)?;
        Ok(some(begin(call)?.await?))
    }

    /// The second half of a login, for the page that the user comes back to: call it whenever that page
    /// starts. `None` where there is nothing to finish. Removes `code` and `state` from the address, and
    /// keeps the login for [`Mastodon::restore`].
    ///
    /// # Errors
    /// The login failed: [`Error::reason`] says how.
    pub async fn finish_login(options: &FinishLoginOptions) -> Result<Option<Self>, Error> {
        let index = const { crate::api::index_of("finishLogin") };
        let call = static_call(index, &[], &options.record)?;
        Ok(some(finish(call).await?))
    }

    /// The client of an earlier login, or `None` where there is none. Nothing is sent.
    ///
    /// # Errors
    /// The storage cannot be used, or an option is wrong.
    pub async fn restore(options: &RestoreOptions) -> Result<Option<Self>, Error> {
        let index = const { crate::api::index_of("restore") };
        let call = static_call(index, &[], &options.record)?;
        Ok(some(saved_client(call)?.await?))
    }
}

impl FinishLoginOptions {
    /// Options of the client that comes out.
    #[must_use]
    pub fn client(mut self, options: MastodonOptions) -> Self {
        self.record.extend(options.record);
        self
    }
}

impl RestoreOptions {
    /// Options of the client that comes out.
    #[must_use]
    pub fn client(mut self, options: MastodonOptions) -> Self {
        self.record.extend(options.record);
        self
    }
}

impl MastodonOptions {
    /// The application that `create_app` registered.
    #[must_use]
    pub fn application(mut self, application: &Application) -> Self {
        if let Some(id) = &application.client_id {
            self = self.client_id(id);
        }
        if let Some(secret) = &application.client_secret {
            self = self.client_secret(secret);
        }
        if let Some(scopes) = &application.scopes {
            self = self.scopes(scopes);
        }
        self
    }

    /// What `persistable_login_credentials` gave, but its server.
    #[must_use]
    pub fn credentials(mut self, credentials: &LoginCredentials) -> Self {
        let texts = [
            ("client_id", &credentials.client_id),
            ("client_secret", &credentials.client_secret),
            ("access_token", &credentials.access_token),
            ("refresh_token", &credentials.refresh_token),
        ];
        for (name, text) in texts {
            if let Some(text) = text {
                self.record.set(name, text.as_str().into());
            }
        }
        match credentials.expires_in {
            Some(seconds) => self.expires_in(seconds),
            None => self,
        }
    }
}
