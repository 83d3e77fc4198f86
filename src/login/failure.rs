//! How a login fails: one list for the code, for `reason` of the error, and for TypeScript.

use crate::error::{Class, Error};

macro_rules! reasons {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal: $message:literal;)*) => {
        /// Why a login failed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Reason {
            $($(#[doc = $doc])* $name,)*
        }

        impl Reason {
            /// What `reason` of the error says.
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
            "/** How a login failed: `reason` of a `MastodonLoginError`. */\n",
            "export type LoginFailure =",
            $("\n  /**", $($doc,)* " */\n  | \"", $code, "\"",)*
            ";\n",
        );
    };
}

reasons! {
    /// The server sent no `state` back.
    MissingState = "missing_state": "the response has no `state`, so it cannot be matched to a login. Start the login again";
    /// The response belongs to another login, or comes from another server.
    WrongState = "wrong_state": "this response belongs to another login: its `state` or its server is a different one. Nothing was done with it. Start the login again";
    /// The server promised to name itself in its response (`iss`), and the response does not.
    MissingIss = "missing_iss": "the response does not name its server (`iss`), which the server promised: it may come from another one. Nothing was done with it. Start the login again";
    /// No login waits for the response: it was finished already, or begun in another tab.
    SpentState = "spent_state": "no login waits for this response: it was finished already, or begun in another tab. Start the login again";
    /// The user did not authorize the application.
    AccessDenied = "access_denied": "access was denied on the server's page";
    /// The server refused; the message has its words.
    Refused = "refused": "the server refused the login";
    /// The code is too old or was used.
    ExpiredCode = "expired_code": "the server no longer accepts the code: it was used already, or it is too old. Start the login again";
    /// The server forgot the application; the next `startLogin` registers it anew.
    StaleApp = "stale_app": "the server no longer knows this application. Start the login again: the application will be registered again";
    /// The storage refuses: blocked cookies, a private window, a full quota.
    Storage = "storage": "the storage cannot be used";
    /// The browser opened no window.
    PopupBlocked = "popup_blocked": "the browser opened no window. Call startLogin directly in the handler of a click, or without `popup`";
    /// The user closed the window.
    PopupClosed = "popup_closed": "the login window was closed";
    /// The page that opened the window is gone.
    PopupAlone = "popup_alone": "the page that opened this window no longer waits for it. Close the window and start the login again";
}

/// The error for a login that failed; `more` is what else there is to say.
pub fn failure(reason: Reason, method: &str, more: &str) -> Error {
    let more: String = more.chars().take(500).collect();
    let colon = if more.is_empty() { "" } else { ": " };
    Error::new(
        Class::Login,
        &[method, ": ", reason.message(), colon, &more],
    )
    .with_reason(reason.name())
}
