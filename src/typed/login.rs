//! Logins: the two-call login of a page, and clients from stored logins.

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
    /// Opens the user's server, where the user authorizes the application: the first half of a login, for a
    /// button. The server redirects to `redirect_uri`, where [`Mastodon::finish_login`] does the second half.
    /// With `popup`, this happens in a popup, and the call returns the client.
    ///
    /// Finds the server from what users type, registers the application there once, and protects the login
    /// with `state` and PKCE. `api_base_url` and `client_name` are required.
    ///
    /// # Errors
    /// The address is invalid, there is no response, or the login failed: see [`Error::reason`].
    pub async fn start_login(options: &StartLoginOptions) -> Result<Option<Self>, Error> {
        let index = const { crate::api::index_of("startLogin") };
        let call = static_call(index, &[], &options.record)?;
        Ok(some(begin(call)?.await?))
    }

    /// The second half of a login, for the page that the user returns to: call it whenever that page starts.
    /// `None` if there is nothing to finish. Removes `code` and `state` from the URL, and stores the login
    /// for [`Mastodon::restore`].
    ///
    /// # Errors
    /// The login failed: see [`Error::reason`].
    pub async fn finish_login(options: &FinishLoginOptions) -> Result<Option<Self>, Error> {
        let index = const { crate::api::index_of("finishLogin") };
        let call = static_call(index, &[], &options.record)?;
        Ok(some(finish(call).await?))
    }

    /// The client of a stored login, or `None` if there is none. Nothing is sent.
    ///
    /// # Errors
    /// The storage cannot be used, or an option is invalid.
    pub async fn restore(options: &RestoreOptions) -> Result<Option<Self>, Error> {
        let index = const { crate::api::index_of("restore") };
        let call = static_call(index, &[], &options.record)?;
        Ok(some(saved_client(call)?.await?))
    }
}

impl FinishLoginOptions {
    /// Options of the resulting client.
    #[must_use]
    pub fn client(mut self, options: MastodonOptions) -> Self {
        self.record.extend(options.record);
        self
    }
}

impl RestoreOptions {
    /// Options of the resulting client.
    #[must_use]
    pub fn client(mut self, options: MastodonOptions) -> Self {
        self.record.extend(options.record);
        self
    }
}

impl MastodonOptions {
    /// Sets the credentials of an application that `create_app` registered.
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

    /// Sets the result of `persistable_login_credentials`, except its server.
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
