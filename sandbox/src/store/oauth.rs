//! Applications, tokens and their scopes.

use jiff::Timestamp;

use super::{App, Event, Grant, Store, Token, TokenLife};
use crate::clock;
use crate::id::Id;

/// The redirect URI of an application that cannot receive a redirect: the page shows the code.
pub const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";

impl Store {
    pub fn app_by_client_id(&self, client_id: &str) -> Option<&App> {
        self.apps.values().find(|app| app.client_id == client_id)
    }

    pub fn add_token(&mut self, app: Id, account: Option<Id>, scopes: Vec<String>) -> Token {
        let token = Token {
            text: self.random_text(),
            app,
            account,
            scopes,
            created_at: self.clock.now(),
            revoked: false,
            life: None,
        };
        self.tokens.insert(token.text.clone(), token.clone());
        token
    }

    /// Gives a token a lifetime and a refresh token.
    pub fn limit_token(&mut self, token: &mut Token, seconds: i64) {
        token.life = Some(TokenLife {
            seconds,
            ends_at: clock::after(self.clock.now(), seconds),
            refresh_token: self.random_text(),
        });
        self.tokens.insert(token.text.clone(), token.clone());
    }

    /// The token of a refresh token of this application, which can be used only once.
    pub fn take_refresh_token(&mut self, app: Id, text: &str) -> Option<Token> {
        let token = self.tokens.values_mut().find(|token| {
            let own = token
                .life
                .as_ref()
                .is_some_and(|life| life.refresh_token == text);
            own && token.app == app && !token.revoked
        })?;
        token.revoked = true;
        Some(token.clone())
    }

    /// Revokes a token, which closes its sockets. Returns false if the token does not exist.
    pub fn revoke(&mut self, text: &str) -> bool {
        let Some(token) = self.tokens.get_mut(text) else {
            return false;
        };
        token.revoked = true;
        self.emit(Event::TokenRevoked(text.to_owned()));
        true
    }

    pub fn add_grant(&mut self, grant: Grant) -> String {
        let code = self.random_text();
        self.grants.insert(code.clone(), grant);
        code
    }

    /// A code can be used only once, and within ten minutes.
    pub fn take_grant(&mut self, code: &str) -> Option<Grant> {
        let now = self.clock.now();
        self.grants
            .remove(code)
            .filter(|grant| grant.expires_at > now)
    }

    pub fn grant_expiry(&self) -> Timestamp {
        clock::after(self.clock.now(), 600)
    }

    /// 256 random bits as text that is safe in URLs: a token, a secret or a code.
    pub fn random_text(&mut self) -> String {
        use base64::Engine;
        let mut bytes = [0; 32];
        self.random.fill(&mut bytes);
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
    }
}

/// Whether the granted scopes include the one that an endpoint requires.
pub fn covers(granted: &[String], wanted: &str) -> bool {
    let has = |scope: &str| granted.iter().any(|granted| granted == scope);
    let family = wanted.rsplit_once(':').map_or(wanted, |(family, _)| family);
    let kind = wanted.rsplit(':').next().unwrap_or_default();
    let by_follow = matches!(kind, "follows" | "blocks" | "mutes") && has("follow");
    has(wanted) || has(family) || by_follow
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn a_wide_scope_covers_the_narrow_ones() {
        let granted = |scopes: &str| scopes.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!(covers(&granted("read write"), "read:statuses"));
        assert!(covers(&granted("read:statuses"), "read:statuses"));
        assert!(!covers(&granted("read:statuses"), "read:accounts"));
        assert!(!covers(&granted("read:statuses"), "read"));
        assert!(covers(&granted("follow"), "write:blocks"));
        assert!(covers(&granted("admin:read"), "admin:read:accounts"));
        assert!(!covers(&granted("read"), "admin:read:accounts"));
    }
}
