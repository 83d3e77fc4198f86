//! Instances: <https://docs.joinmastodon.org/methods/instance/>, and what they publish:
//! <https://docs.joinmastodon.org/methods/announcements/>,
//! <https://docs.joinmastodon.org/methods/custom_emojis/>,
//! <https://docs.joinmastodon.org/methods/directory/>.

use crate::api::declare::methods;
use crate::client::call::{Call, Work};
use crate::client::send::{exchange, read, send};
use crate::endpoint::request::Request;
use crate::endpoint::{delete, get, post, put};
use crate::entities::{
    Account, Activity, Announcement, AnyInstance, CustomEmoji, DomainBlock, DonationCampaign,
    ExtendedDescription, Instance, InstanceV2, Invite, Nodeinfo, OEmbed, PrivacyPolicy, Rule,
    SupportedLocale, TermsOfService, TranslationLanguages,
};
use crate::error::{Class, Error};
use crate::js;
use crate::params::{Day, Id, RequestOptions, Text, WriteOptions, open, options};
use crate::url::path_of;
use js_sys::Array;
use wasm_bindgen::prelude::*;

open! {
    /// The order of a directory: `"active"` for the latest post, `"new"` for the age of the account.
    DirectoryOrder: "DirectoryOrder" = Active "active" | New "new";
}

options! {
    /// Options of `directory`.
    get DirectoryOptions {
        /// How many accounts to skip.
        offset: u32,
        /// How many accounts. Default: 40, at most 80.
        limit: u32,
        /// The order. Default: `"active"`.
        order: DirectoryOrder,
        /// Only accounts of this server.
        local: bool,
    }

    /// Options of `instanceNodeinfo`.
    get InstanceNodeinfoOptions {
        /// The schema to request, as a URL. Default: the oldest that the server has of 2.0, 2.1 and 2.2.
        schema: String => "",
    }

    /// Options of `instanceTermsOfService`.
    get InstanceTermsOfServiceOptions {
        /// The terms that take or took effect on this day. Default: the current terms.
        date: Day,
    }

    /// Options of `oembed`.
    get OembedOptions {
        /// The maximum width in pixels. Default: 400.
        maxwidth: u32,
        /// The maximum height in pixels.
        maxheight: u32,
    }
}

methods! {
    /// What another web site needs to embed a public status of this server: HTML with a frame.
    ///
    /// `GET /api/oembed` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/oembed/#get)
    ///
    /// `url` is the URL of the status. `MastodonNotFoundError` if it is not on this server or not
    /// public.
    oembed as oembed(url: Text; OembedOptions) -> OEmbed = get("/api/oembed").since([1, 0, 0], [1, 0, 0]);

    /// Information about the server, in the older form.
    ///
    /// `GET /api/v1/instance` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#v1)
    ///
    /// @deprecated since 4.0.0: see `instanceV2`.
    instance_v1 as instanceV1(; RequestOptions) -> Instance = get("/api/v1/instance").since([1, 1, 0], [2, 3, 0]);

    /// Information about the server, in the newer form.
    ///
    /// `GET /api/v2/instance` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#v2)
    ///
    /// `MastodonNotFoundError` from servers before 4.0.0 and some others; `instance` falls back to the
    /// older form.
    instance_v2 as instanceV2(; RequestOptions) -> InstanceV2 = get("/api/v2/instance").since([4, 0, 0], [4, 0, 0]);

    /// The activity of the server in each of the last twelve weeks, this one first.
    ///
    /// `GET /api/v1/instance/activity` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#activity)
    ///
    /// `MastodonNotFoundError` if the server does not publish it.
    instance_activity as instanceActivity(; RequestOptions) -> Vec<Activity> =
        get("/api/v1/instance/activity").since([2, 1, 2], [2, 1, 2]);

    /// The domains of the servers that this one knows: thousands on most. `peersSearch` searches them.
    ///
    /// `GET /api/v1/instance/peers` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#peers)
    ///
    /// `MastodonNotFoundError` if the server does not publish them.
    instance_peers as instancePeers(; RequestOptions) -> Vec<String> = get("/api/v1/instance/peers").since([2, 1, 2], [2, 1, 2]);

    /// At most 10 domains of servers that this one knows, by their first letters. An empty list for a
    /// blank `q`.
    ///
    /// `GET /api/v1/peers/search` · public · not in Mastodon's documentation
    ///
    /// `MastodonNotFoundError` if the server does not publish them.
    peers_search as peersSearch(q: Text; RequestOptions) -> Vec<String> =
        get("/api/v1/peers/search").since([4, 2, 0], [4, 2, 0]) => run(peers_search);

    /// The donation campaign that the server wants to show to the user, or null if there is none.
    ///
    /// `GET /api/v1/donation_campaigns` · a token of a user · not in Mastodon's documentation
    donation_campaigns as donationCampaigns(; RequestOptions) -> Option<DonationCampaign> =
        get("/api/v1/donation_campaigns").since([4, 6, 0], [4, 6, 0]) => run(donation_campaigns);

    /// An invitation to the server. Pass the code to `createAccount` as `invite_code`.
    ///
    /// `GET /invite/{code}` · public · not in Mastodon's documentation
    ///
    /// `MastodonUnauthorizedError` if the invitation is used up or has expired.
    invite as invite(code: Text; RequestOptions) -> Invite = get("/invite/{code}").since([4, 3, 0], [4, 3, 0]);

    /// The rules of the server, in their order.
    ///
    /// `GET /api/v1/instance/rules` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#rules)
    instance_rules as instanceRules(; RequestOptions) -> Vec<Rule> = get("/api/v1/instance/rules").since([3, 4, 0], [3, 4, 0]);

    /// The servers that this one limits or blocks.
    ///
    /// `GET /api/v1/instance/domain_blocks` · public, or for members ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#domain_blocks)
    ///
    /// `MastodonUnauthorizedError` or `MastodonNotFoundError` if the server shows the list only to its
    /// users or does not publish it.
    instance_domain_blocks as instanceDomainBlocks(; RequestOptions) -> Vec<DomainBlock> =
        get("/api/v1/instance/domain_blocks").since([4, 0, 0], [4, 0, 0]);

    /// The long description of the server, as HTML.
    ///
    /// `GET /api/v1/instance/extended_description` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#extended_description)
    instance_extended_description as instanceExtendedDescription(; RequestOptions) -> ExtendedDescription =
        get("/api/v1/instance/extended_description").since([4, 0, 0], [4, 0, 0]);

    /// The privacy policy of the server, as HTML.
    ///
    /// `GET /api/v1/instance/privacy_policy` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#privacy_policy)
    instance_privacy_policy as instancePrivacyPolicy(; RequestOptions) -> PrivacyPolicy =
        get("/api/v1/instance/privacy_policy").since([4, 0, 0], [4, 0, 0]);

    /// The target languages of translations, by source language. `und` is for statuses of unknown
    /// language.
    ///
    /// `GET /api/v1/instance/translation_languages` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#translation_languages)
    ///
    /// An empty object if the server has no translation service.
    instance_translation_languages as instanceTranslationLanguages(; RequestOptions) -> TranslationLanguages
        where ["(options?: RequestOptions | null): Promise<Record<string, string[]>>"] =
        get("/api/v1/instance/translation_languages").since([4, 2, 0], [4, 2, 0]);

    /// The languages that a status can have.
    ///
    /// `GET /api/v1/instance/languages` · public · not in Mastodon's documentation
    instance_languages as instanceLanguages(; RequestOptions) -> Vec<SupportedLocale> =
        get("/api/v1/instance/languages").since([4, 2, 0], [4, 2, 0]);

    /// The accounts that are discoverable.
    ///
    /// `GET /api/v1/directory` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/directory/#get)
    directory as directory(; DirectoryOptions) -> Page<Account> =
        get("/api/v1/directory").since([3, 0, 0], [3, 0, 0]).offset_page();

    /// The custom emoji of the server.
    ///
    /// `GET /api/v1/custom_emojis` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/custom_emojis/#get)
    custom_emojis as customEmojis(; RequestOptions) -> Vec<CustomEmoji> =
        get("/api/v1/custom_emojis").since([2, 1, 0], [2, 1, 0]);

    /// The current announcements of the server.
    ///
    /// `GET /api/v1/announcements` · a token of a user ·
    /// [documentation](https://docs.joinmastodon.org/methods/announcements/#get)
    announcements as announcements(; RequestOptions) -> Vec<Announcement> =
        get("/api/v1/announcements").since([3, 1, 0], [3, 1, 0]);

    /// Marks an announcement as read.
    ///
    /// `POST /api/v1/announcements/{id}/dismiss` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/announcements/#dismiss)
    announcement_dismiss as announcementDismiss(id: Id; WriteOptions) -> Nothing =
        post("/api/v1/announcements/{id}/dismiss").since([3, 1, 0], [3, 1, 0]).nothing();

    /// Adds a reaction to an announcement: a Unicode emoji, or the shortcode (without colons) of a
    /// custom one.
    ///
    /// `PUT /api/v1/announcements/{id}/reactions/{reaction}` · scope `write:favourites` ·
    /// [documentation](https://docs.joinmastodon.org/methods/announcements/#put-reactions)
    ///
    /// `MastodonAPIError` with status 422 for an invalid emoji, or above the limit of eight kinds.
    announcement_reaction_create as announcementReactionCreate(id: Id, reaction: Text; WriteOptions) -> Nothing =
        put("/api/v1/announcements/{id}/reactions/{reaction}").since([3, 1, 0], [3, 1, 0]).nothing();

    /// Removes a reaction from an announcement.
    ///
    /// `DELETE /api/v1/announcements/{id}/reactions/{reaction}` · scope `write:favourites` ·
    /// [documentation](https://docs.joinmastodon.org/methods/announcements/#delete-reactions)
    announcement_reaction_delete as announcementReactionDelete(id: Id, reaction: Text; WriteOptions) -> Nothing =
        delete("/api/v1/announcements/{id}/reactions/{reaction}").since([3, 1, 0], [3, 1, 0]).nothing();

    /// Information about the server: name, rules, limits, URLs.
    ///
    /// `GET /api/v2/instance` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#v2)
    ///
    /// Servers before 4.0.0 have only `GET /api/v1/instance`, whose result has other fields; see
    /// `instanceV1` and `instanceV2` for one or the other.
    instance as instance(; RequestOptions) -> AnyInstance =
        get("/api/v2/instance").since([1, 1, 0], [4, 0, 0]).legacy_path([4, 0, 0], "/api/v1/instance");

    /// The terms of service of the server, as HTML.
    ///
    /// `GET /api/v1/instance/terms_of_service`, `GET /api/v1/instance/terms_of_service/{date}` ·
    /// public · [documentation](https://docs.joinmastodon.org/methods/instance/#terms_of_service)
    ///
    /// `MastodonNotFoundError` if the server has none, or none of that day.
    instance_terms_of_service as instanceTermsOfService(; InstanceTermsOfServiceOptions) -> TermsOfService =
        get("/api/v1/instance/terms_of_service").since([4, 4, 0], [4, 4, 0]) => prepare(of_day);

    /// Whether the server is healthy.
    ///
    /// `GET /health` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/health/#get)
    ///
    /// `false` for any response but `OK`. Rejects for error responses as every method does: an
    /// unhealthy server returns 500 or 503. Not usable in web pages: the path has no CORS headers.
    instance_health as instanceHealth(; RequestOptions) -> bool =
        get("/health").since([3, 0, 0], [3, 0, 0]).nothing() => run(instance_health);

    /// Information about the server in the form that the whole fediverse shares: software, version,
    /// numbers of users and statuses.
    ///
    /// `GET /.well-known/nodeinfo`, then the URL that it names · public ·
    /// [documentation](https://github.com/jhass/nodeinfo/blob/main/PROTOCOL.md)
    ///
    /// Only this client's server is requested: of a URL on another host, the path is used.
    /// `MastodonAPIError` if the server has none of these schemas, or not the requested one.
    instance_nodeinfo as instanceNodeinfo(; InstanceNodeinfoOptions) -> Nodeinfo =
        get("/.well-known/nodeinfo").since([3, 0, 0], [3, 0, 0]) => run(instance_nodeinfo);
}

/// The terms of a day have a path of their own.
fn of_day(call: &mut Call) -> Result<(), Error> {
    if call.has("date") {
        call.request.path.push_str("/{date}");
    }
    Ok(())
}

/// A blank text finds nothing: servers respond with `null` or without a body.
fn peers_search(call: Call) -> Result<Work, Error> {
    let blank = call.text("q").is_none_or(|q| q.trim_ascii().is_empty());
    Ok(Box::pin(async move {
        if blank {
            return Ok(Array::new().into());
        }
        let found = call.send().await?;
        Ok(if js::is_nothing(&found) {
            Array::new().into()
        } else {
            found
        })
    }))
}

/// Without a campaign there is no body.
fn donation_campaigns(call: Call) -> Result<Work, Error> {
    Ok(Box::pin(async move {
        let (scope, mut request) = call.build()?;
        let reply = exchange(&scope, &mut request).await?;
        if reply.status == 204 {
            return Ok(JsValue::NULL);
        }
        read(&scope.client, &request, &reply)
    }))
}

fn instance_health(call: Call) -> Result<Work, Error> {
    Ok(Box::pin(async move {
        let (scope, mut request) = call.build()?;
        let reply = exchange(&scope, &mut request).await?;
        read(&scope.client, &request, &reply)?;
        Ok(is_healthy(&reply.beginning()).into())
    }))
}

/// Whether the body of a health check says that all is well: `OK`, `"OK"`, `success`,
/// `{"status":"OK"}`.
pub(super) fn is_healthy(body: &str) -> bool {
    let mut words = body
        .as_bytes()
        .split(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_')
        .filter(|word| !word.is_empty());
    let is = |word: Option<&[u8]>, name: &str| {
        word.is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
    };
    let mut word = words.next();
    if is(word, "status") {
        word = words.next();
    }
    (is(word, "ok") || is(word, "success")) && words.next().is_none()
}

/// The schemas with the same content, the most common first.
const NODEINFO: [&str; 3] = [
    "http://nodeinfo.diaspora.software/ns/schema/2.0",
    "http://nodeinfo.diaspora.software/ns/schema/2.1",
    "http://nodeinfo.diaspora.software/ns/schema/2.2",
];

fn instance_nodeinfo(mut call: Call) -> Result<Work, Error> {
    let name = call.name();
    let schema = call.take_text("schema");
    Ok(Box::pin(async move {
        let (scope, request) = call.build()?;
        let known = send(&scope, request).await?;
        let links = js::list(&js::get(&known, "links"));
        let named = |wanted: &str| {
            links
                .iter()
                .find(|link| js::text_of(link, "rel").as_deref() == Some(wanted))
        };
        let link = match &schema {
            Some(schema) => named(schema),
            None => NODEINFO.iter().find_map(|schema| named(schema)),
        };
        let path = link
            .and_then(|link| js::text_of(&link, "href"))
            .and_then(|href| js::Url::new_with_base(&href, &scope.client.origin).ok())
            // Whatever its host: the request goes to the client's own server.
            .and_then(|url| path_of(&url));
        let Some(path) = path else {
            let schema = schema.as_deref().unwrap_or("nodeinfo");
            let message = [name, ": the server has no `", schema, "`"];
            return Err(Error::new(Class::Api, &message));
        };
        send(&scope, Request::get(name, &path)).await
    }))
}

#[cfg(test)]
mod tests {
    use super::is_healthy;

    #[test]
    fn knows_a_healthy_server() {
        for body in [
            "OK",
            "ok\n",
            "\"OK\"",
            "success",
            "{\"status\":\"OK\"}",
            " status: success ",
        ] {
            assert!(is_healthy(body), "{body}");
        }
        for body in [
            "",
            "KO",
            "not ok",
            "ok not",
            "{\"status\":\"down\"}",
            "status",
            "okay",
            "ok ok",
        ] {
            assert!(!is_healthy(body), "{body}");
        }
    }
}
