//! Login in a popup window. The page that opened it waits on a channel with the login's `state` as its name.
//! The page in the window, to which the user returns, sends its query there.

use super::failure::{Reason, failure};
use super::page::call;
use super::pending::Pending;
use crate::client::scope::Scope;
use crate::error::{Class, Error};
use crate::js;
use js_sys::{Function, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{BroadcastChannel, MessageEvent};

/// The prefix of the `state` of a popup login.
pub const STATE_PREFIX: &str = "popup.";

/// The channel where a window asks for pending logins, if the server's response has no `state`.
const LOBBY: &str = "mastodon-wasm:login";
/// `?` and the page's URL: which login waits for this page?
const QUESTION: &str = "?";
/// `!` and a `state`: this login does.
const ANSWER: &str = "!";
/// How long such a window waits for answers.
const LOBBY_MS: i32 = 300;
/// How long a window waits until the page that opened it has confirmed the query.
const TAKEN_MS: i32 = 2000;
const CLOSED_CHECK_MS: i32 = 250;

/// A popup window. It closes when the login ends.
#[derive(Debug)]
pub struct Popup(JsValue);

impl Drop for Popup {
    fn drop(&mut self) {
        call(&self.0, "close", &[]);
    }
}

impl Popup {
    /// Opens an empty window. Browsers allow this only while a click is handled.
    pub fn open(method: &str) -> Result<Self, Error> {
        let features = "popup,width=600,height=800";
        let window = call(
            &js::global("window"),
            "open",
            &["".into(), "".into(), features.into()],
        );
        if !window.is_object() {
            return Err(failure(Reason::PopupBlocked, method, ""));
        }
        // The server's page in the window must not be able to navigate this page.
        let _ = Reflect::set(&window, &"opener".into(), &JsValue::NULL);
        Ok(Self(window))
    }

    /// Loads the server's page in the window. Returns the query with which the user comes back.
    pub async fn visit(
        &self,
        scope: &Scope,
        method: &str,
        url: &str,
        login: &Pending,
    ) -> Result<String, Error> {
        let (back, settle) = js::deferred();
        let done = settle.clone();
        let own = Channel::open(
            &login.state(),
            Box::new(move |channel, message| {
                if message.is_string() {
                    post(channel, "");
                    js::settle(&done, message);
                }
            }),
        )?;
        // A server's error response may have no `state`: every page that waits for this URL answers.
        let redirect_uri = login.redirect_uri();
        let (page, _) = crate::text::before(&redirect_uri, b'?');
        let (question, answer) = ([QUESTION, page].concat(), [ANSWER, &login.state()].concat());
        let lobby = Channel::open(
            LOBBY,
            Box::new(move |channel, message| {
                if message.as_string().as_ref() == Some(&question) {
                    post(channel, &answer);
                }
            }),
        )?;
        // A window looks closed when the server isolates its pages (`Cross-Origin-Opener-Policy`). If it was
        // really closed, this page has the focus again.
        let window = self.0.clone();
        let check = Interval::start(Box::new(move || {
            let focused = call(&js::global("document"), "hasFocus", &[]).is_truthy();
            if focused && js::get(&window, "closed").is_truthy() {
                js::settle(&settle, &JsValue::UNDEFINED);
            }
        }));
        let _ = Reflect::set(&self.0, &"location".into(), &url.into());
        let query = scope.run(back).await;
        drop((own, lobby, check));
        query?
            .as_string()
            .ok_or_else(|| failure(Reason::PopupClosed, method, ""))
    }
}

/// In the popup window: sends the query to the page that waits for it, and closes the window. Returns whether
/// a page took it.
pub async fn hand_over(state: &str, query: &str) -> Result<bool, Error> {
    let (answered, settle) = js::deferred();
    settle_after(TAKEN_MS, &settle);
    let channel = Channel::open(
        state,
        Box::new(move |_, _| js::settle(&settle, &JsValue::TRUE)),
    )?;
    post(&channel.channel, query);
    let taken = JsFuture::from(answered).await?.is_truthy();
    drop(channel);
    if taken {
        call(&js::global_this(), "close", &[]);
    }
    Ok(taken)
}

/// In a popup window whose response has no `state`: the `state` of the only login that waits for this page.
/// `None` if there is no such login, or more than one.
pub async fn only_waiting(page: &str) -> Option<String> {
    let states = Rc::new(RefCell::new(Vec::new()));
    let heard = states.clone();
    let channel = Channel::open(
        LOBBY,
        Box::new(move |_, message| {
            let text = message.as_string();
            if let Some(state) = text.as_deref().and_then(|text| text.strip_prefix(ANSWER)) {
                heard.borrow_mut().push(state.to_owned());
            }
        }),
    );
    let channel = channel.ok()?;
    post(&channel.channel, &[QUESTION, page].concat());
    let (over, settle) = js::deferred();
    settle_after(LOBBY_MS, &settle);
    let _ = JsFuture::from(over).await;
    drop(channel);
    let mut states = states.take();
    if states.len() == 1 {
        states.pop()
    } else {
        None
    }
}

fn settle_after(milliseconds: i32, settle: &JsValue) {
    call(
        &js::global_this(),
        "setTimeout",
        &[settle.clone(), milliseconds.into()],
    );
}

/// Handles a message of a channel.
type Listener = Box<dyn FnMut(&BroadcastChannel, &JsValue)>;

/// A channel between the pages of this origin. It is closed when it is dropped.
struct Channel {
    channel: BroadcastChannel,
    _listener: Closure<dyn FnMut(MessageEvent)>,
}

impl Channel {
    fn open(name: &str, mut listener: Listener) -> Result<Self, Error> {
        let channel = BroadcastChannel::new(name).map_err(|cause| {
            Error::new(
                Class::Mastodon,
                &["`popup` needs BroadcastChannel, which this browser does not have"],
            )
            .with_cause(cause)
        })?;
        let own = channel.clone();
        let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            listener(&own, &event.data());
        });
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref::<Function>()));
        Ok(Self {
            channel,
            _listener: listener,
        })
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}

fn post(channel: &BroadcastChannel, text: &str) {
    let _ = channel.post_message(&text.into());
}

/// Calls a function at intervals, until it is dropped.
struct Interval {
    id: JsValue,
    _callback: Closure<dyn FnMut()>,
}

impl Interval {
    fn start(callback: Box<dyn FnMut()>) -> Self {
        let callback = Closure::wrap(callback);
        let values = [callback.as_ref().clone(), CLOSED_CHECK_MS.into()];
        Self {
            id: call(&js::global_this(), "setInterval", &values),
            _callback: callback,
        }
    }
}

impl Drop for Interval {
    fn drop(&mut self) {
        call(
            &js::global_this(),
            "clearInterval",
            std::slice::from_ref(&self.id),
        );
    }
}
