//! The reasons why a login fails: one list for the code, the `reason` of the error, and TypeScript.

use crate::error::{Class, Error};

macro_rules! reasons {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal: $message:literal;)*) => {
        /// Why a login failed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Reason {
            $($(#[doc = $doc])* $name,)*
        }

        impl Reason {
            /// The `reason` of the error.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            const fn message(self) -> &'static str {
                match self {
                    $(Self::$name => $message,)*
                }
            }
        }

        #[cfg(feature = "npm")]
        #[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
        const TYPESCRIPT: &str = concat!(
            "/** Why a login failed: the `reason` of a `MastodonLoginError`. */\n",
            "export type LoginFailure =",
            $("\n  /**", $($doc,)* " */\n  | \"", $code, "\"",)*
            ";\n",
        );
    };
}

reasons! {
    /// The response has no `state`.
    MissingState = "missing_state": "the response has no `state`, so it cannot be matched to a login. Start the login again";
    /// The response belongs to another login, or comes from another server.
    WrongState = "wrong_state": "this response belongs to another login: its `state` or its server is a different one. Nothing was done with it. Start the login again";
    /// The server announced an `iss` parameter, which identifies it, but the response has none.
    MissingIss = "missing_iss": "the response does not name its server (`iss`), which the server promised: it may come from another one. Nothing was done with it. Start the login again";
    /// No pending login matches the response: the login was already finished, or was started in another tab.
    SpentState = "spent_state": "no login waits for this response: it was finished already, or begun in another tab. Start the login again";
    /// The user did not authorize the application.
    AccessDenied = "access_denied": "access was denied on the server's page";
    /// The server rejected the login. The message contains the server's message.
    Refused = "refused": "the server refused the login";
    /// The code is expired, or was already used.
    ExpiredCode = "expired_code": "the server no longer accepts the code: it was used already, or it is too old. Start the login again";
    /// The server does not know the application any more. The next `startLogin` registers it again.
    StaleApp = "stale_app": "the server no longer knows this application. Start the login again: the application will be registered again";
    /// The storage cannot be used: cookies are blocked, the window is private, or the quota is full.
    Storage = "storage": "the storage cannot be used";
    /// The browser did not open a window.
    PopupBlocked = "popup_blocked": "the browser opened no window. Call startLogin directly in the handler of a click, or without `popup`";
    /// The user closed the window.
    PopupClosed = "popup_closed": "the login window was closed";
    /// The page that opened the window was closed.
    PopupAlone = "popup_alone": "the page that opened this window no longer waits for it. Close the window and start the login again";
}

/// The error for a failed login; `more` contains further details.
pub fn failure(reason: Reason, method: &str, more: &str) -> Error {
    let more: String = more.chars().take(500).collect();
    let colon = if more.is_empty() { "" } else { ": " };
    Error::new(
        Class::Login,
        &[method, ": ", reason.message(), colon, &more],
    )
    .with_reason(reason.name())
}
