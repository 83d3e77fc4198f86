//! The streams: their names, who may subscribe, and which events they have.

use crate::id::Id;
use crate::preset::Ids;
use crate::store::oauth::covers;
use crate::store::{Feed, Reach, Store};

/// A subscription of one socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stream {
    pub name: String,
    /// The tag or the list in the form that the client sent.
    pub parameter: Option<String>,
    pub kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    User,
    UserNotification,
    Direct,
    /// Statuses of a timeline. `own`: rendered for the subscriber; otherwise without a viewer.
    Timeline {
        feed: Feed,
        own: bool,
    },
}

/// Why a subscription is rejected, with the messages of Mastodon's streaming server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub error: &'static str,
    pub status: u16,
}

const UNKNOWN: Refusal = Refusal {
    error: "Unknown stream type",
    status: 400,
};
const NO_TAG: Refusal = Refusal {
    error: "Missing tag name parameter",
    status: 400,
};
const NOT_YOUR_LIST: Refusal = Refusal {
    error: "Not authorized to stream this list",
    status: 401,
};
const NO_SCOPE: Refusal = Refusal {
    error: "Access token does not have the required scopes",
    status: 401,
};

impl Stream {
    pub fn parse(
        name: &str,
        tag: Option<&str>,
        list: Option<&str>,
        store: &Store,
        account: Id,
        scopes: &[String],
    ) -> Result<Self, Refusal> {
        let public = |reach, only_media| Kind::Timeline {
            feed: Feed::Public { reach, only_media },
            own: false,
        };
        let tag = tag
            .map(|tag| tag.trim_start_matches('#').to_lowercase())
            .filter(|tag| !tag.is_empty());
        let hashtag = |reach| {
            let tag = tag.clone().ok_or(NO_TAG)?;
            Ok(Kind::Timeline {
                feed: Feed::tag(&tag, reach),
                own: false,
            })
        };
        let kind = match name {
            "user" => Kind::User,
            "user:notification" => Kind::UserNotification,
            "direct" => Kind::Direct,
            "public" => public(Reach::All, false),
            "public:media" => public(Reach::All, true),
            "public:local" => public(Reach::Local, false),
            "public:local:media" => public(Reach::Local, true),
            "public:remote" => public(Reach::Remote, false),
            "public:remote:media" => public(Reach::Remote, true),
            "hashtag" => hashtag(Reach::All)?,
            "hashtag:local" => hashtag(Reach::Local)?,
            "list" => {
                let own = |id: &Id| {
                    store
                        .lists
                        .get(id)
                        .is_some_and(|list| list.account == account)
                };
                let id = list
                    .and_then(|list| list.parse().ok())
                    .filter(own)
                    .ok_or(NOT_YOUR_LIST)?;
                Kind::Timeline {
                    feed: Feed::List(id),
                    own: true,
                }
            }
            _ => return Err(UNKNOWN),
        };
        let needed = if kind == Kind::UserNotification {
            "read:notifications"
        } else {
            "read:statuses"
        };
        if !covers(scopes, needed) {
            return Err(NO_SCOPE);
        }
        let parameter = match name {
            "list" => list.map(str::to_owned),
            "hashtag" | "hashtag:local" => tag,
            _ => None,
        };
        Ok(Self {
            name: name.to_owned(),
            parameter,
            kind,
        })
    }

    /// `["user"]`, `["hashtag","rust"]`. `GoToSocial` joins the two parts of a list's label.
    pub fn label(&self, joined_list: bool, ids: Ids) -> Vec<String> {
        let is_list = self.name == "list";
        match &self.parameter {
            Some(list) if is_list && joined_list => vec![format!("list:{}", ids.bare(list))],
            Some(list) if is_list => vec![self.name.clone(), ids.bare(list)],
            Some(parameter) => vec![self.name.clone(), parameter.clone()],
            None => vec![self.name.clone()],
        }
    }
}
