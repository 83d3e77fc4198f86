//! The pages of the login: the form, the code to copy, and errors.

use std::fmt::Write;

use super::request::Request;
use crate::html::page;
use crate::id::Id;
use crate::store::Store;
use crate::text::escape;

/// The form, with the user who is logged in, or with fields to log in.
pub fn authorize(
    store: &Store,
    request: &Request,
    person: Option<Id>,
    problem: Option<&str>,
) -> String {
    let mut hidden = String::new();
    for (name, value) in &request.fields {
        let _ = write!(
            hidden,
            "<input type=\"hidden\" name=\"{name}\" value=\"{}\">",
            escape(value)
        );
    }
    let scopes: String = request
        .scopes
        .iter()
        .map(|scope| scope_line(scope))
        .collect();
    let alert = problem
        .map(|problem| format!("<p class=\"alert\" role=\"alert\">{}</p>", escape(problem)))
        .unwrap_or_default();
    let who = match person.and_then(|id| store.accounts.get(&id)) {
        Some(account) => format!(
            "<p class=\"person\"><img src=\"{}\" alt=\"\"><b>{}<span>@{}</span></b></p>\
             <div class=\"row\"><button class=\"main\" name=\"decision\" value=\"allow\">Authorize</button>\
             <button name=\"decision\" value=\"deny\">Deny</button></div>\
             <p><button name=\"decision\" value=\"another\">Use another account</button></p>",
            escape(&store.url(&account.avatar)),
            store.display_html(&account.display_name),
            escape(&account.acct())
        ),
        None => format!(
            "<label for=\"username\">User name or e-mail</label>\
             <input id=\"username\" name=\"username\" autocomplete=\"username\" autocapitalize=\"none\" autofocus>\
             <label for=\"password\">Password</label>\
             <input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"current-password\">\
             <div class=\"row\"><button class=\"main\" name=\"decision\" value=\"allow\">Log in and authorize</button>\
             <button name=\"decision\" value=\"deny\">Deny</button></div>{}",
            people(store)
        ),
    };
    let name = escape(&request.app_name);
    page(
        "Authorize",
        false,
        &format!(
            "<h1>{name} asks for access</h1>\n<p class=\"soft\">to your account on {}. It would be allowed to:</p>\n\
             <ul class=\"scopes\">{scopes}</ul>\n{alert}<form method=\"post\" action=\"{}\">{hidden}{who}</form>",
            escape(&store.domain),
            escape(&store.link("/oauth/authorize"))
        ),
    )
}

/// A button for each account, because this is a sandbox.
fn people(store: &Store) -> String {
    let mut buttons = String::new();
    for account in store
        .accounts
        .values()
        .filter(|account| account.login.is_some())
    {
        let _ = write!(
            buttons,
            "<button class=\"person\" name=\"as\" value=\"{0}\"><img src=\"{1}\" alt=\"\"><b>{2}<span>@{0}</span></b></button>",
            escape(&account.username),
            escape(&store.url(&account.avatar)),
            store.display_html(&account.display_name)
        );
    }
    format!("<h2>This is a sandbox: come in as</h2><div class=\"people\">{buttons}</div>")
}

fn scope_line(scope: &str) -> String {
    let (verb, what) = scope.rsplit_once(':').unwrap_or((scope, ""));
    let sentence = match (verb, what) {
        ("read", "") => "see everything of your account".to_owned(),
        ("write", "") => "change everything of your account".to_owned(),
        ("follow", _) => "follow, mute and block in your name".to_owned(),
        ("push", _) => "get your push notifications".to_owned(),
        ("profile", _) => "see your name and picture".to_owned(),
        ("read", what) => format!("see your {}", what.replace('_', " ")),
        ("write", what) => format!("change your {}", what.replace('_', " ")),
        _ => "act as a moderator in your name".to_owned(),
    };
    format!(
        "<li>{}<code>{}</code></li>",
        escape(&sentence),
        escape(scope)
    )
}

pub fn code(code: &str) -> String {
    let code = escape(code);
    page(
        "Authorization code",
        false,
        &format!(
            "<h1>Almost there</h1><p>Copy this code into the application:</p><p class=\"code\" id=\"code\">{code}</p>"
        ),
    )
}

pub fn error(message: &str) -> String {
    page(
        "Error",
        false,
        &format!(
            "<h1>This did not work</h1><p class=\"alert\" role=\"alert\">{}</p>",
            escape(message)
        ),
    )
}
