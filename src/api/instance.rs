//! Instances: <https://docs.joinmastodon.org/methods/instance/>, and what they show of themselves:
//! <https://docs.joinmastodon.org/methods/announcements/>,
//! <https://docs.joinmastodon.org/methods/custom_emojis/>,
//! <https://docs.joinmastodon.org/methods/directory/>.

use crate::api::declare::methods;
use crate::api::endpoint::{delete, get, post, put};
use crate::params::{Day, Id, RequestOptions, Text, WriteOptions, closed, options};

closed! {
    /// By what a directory is sorted: `"active"` for the latest post, `"new"` for the age of the account.
    DirectoryOrder: "DirectoryOrder" = "active" | "new";
}

options! {
    /// Options of `directory`.
    get DirectoryOptions {
        /// How many accounts to pass over.
        offset: u32,
        /// How many accounts: at most 80, 40 when it is not said.
        limit: u32,
        /// By what they are sorted; `"active"` when it is not said.
        order: DirectoryOrder,
        /// Only accounts of this server.
        local: bool,
    }

    /// Options of `instanceNodeinfo`.
    get InstanceNodeinfoOptions {
        /// Which edition to ask for, as a URL; `http://nodeinfo.diaspora.software/ns/schema/2.0` when it
        /// is not said.
        schema: String => "",
    }

    /// Options of `instanceTermsOfService`.
    get InstanceTermsOfServiceOptions {
        /// The terms that take or took effect on this day; those that hold now when it is not said.
        date: Day,
    }
}

options! {
    /// Options of `oembed`.
    get OembedOptions {
        /// How wide it may be, in pixels: 400 when it is not said.
        maxwidth: u32,
        /// How high it may be, in pixels.
        maxheight: u32,
    }
}

methods! {
    /// What a page of somebody else's needs to show a public status of this server: HTML with a frame.
    ///
    /// `GET /api/oembed` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/oembed/#get)
    ///
    /// `url` is the status's address. `MastodonNotFoundError` where it is none of this server's, or not
    /// public.
    oembed(url: Text; OembedOptions) -> "OEmbed" = get("/api/oembed").since([1, 0, 0], [1, 0, 0]);

    /// What the server says of itself, in the older form.
    ///
    /// `GET /api/v1/instance` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#v1)
    ///
    /// @deprecated since 4.0.0: see `instanceV2`.
    instanceV1(; RequestOptions) -> "Instance" = get("/api/v1/instance").since([1, 1, 0], [2, 3, 0]);

    /// What the server says of itself, in the newer form.
    ///
    /// `GET /api/v2/instance` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#v2)
    ///
    /// `MastodonNotFoundError` from servers before 4.0.0 and some others; `instance` asks those for the
    /// older form.
    instanceV2(; RequestOptions) -> "InstanceV2" = get("/api/v2/instance").since([4, 0, 0], [4, 0, 0]);

    /// How busy the server was in each of the last twelve weeks, this one first.
    ///
    /// `GET /api/v1/instance/activity` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#activity)
    ///
    /// Rejects with `MastodonNotFoundError` where the server keeps it to itself.
    instanceActivity(; RequestOptions) -> "Activity[]" =
        get("/api/v1/instance/activity").since([2, 1, 2], [2, 1, 2]);

    /// The names of the servers that this one knows. Thousands, on most.
    ///
    /// `GET /api/v1/instance/peers` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#peers)
    ///
    /// Rejects with `MastodonNotFoundError` where the server keeps it to itself.
    instancePeers(; RequestOptions) -> "string[]" = get("/api/v1/instance/peers").since([2, 1, 2], [2, 1, 2]);

    /// The rules of the server, in their order.
    ///
    /// `GET /api/v1/instance/rules` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#rules)
    instanceRules(; RequestOptions) -> "Rule[]" = get("/api/v1/instance/rules").since([3, 4, 0], [3, 4, 0]);

    /// The servers that this one limits or blocks.
    ///
    /// `GET /api/v1/instance/domain_blocks` · public, or for members ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#domain_blocks)
    ///
    /// `MastodonUnauthorizedError` or `MastodonNotFoundError` where the server shows the list to its
    /// members or to nobody.
    instanceDomainBlocks(; RequestOptions) -> "DomainBlock[]" =
        get("/api/v1/instance/domain_blocks").since([4, 0, 0], [4, 0, 0]);

    /// The long description of the server, as HTML.
    ///
    /// `GET /api/v1/instance/extended_description` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#extended_description)
    instanceExtendedDescription(; RequestOptions) -> "ExtendedDescription" =
        get("/api/v1/instance/extended_description").since([4, 0, 0], [4, 0, 0]);

    /// The privacy policy of the server, as HTML.
    ///
    /// `GET /api/v1/instance/privacy_policy` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#privacy_policy)
    instancePrivacyPolicy(; RequestOptions) -> "PrivacyPolicy" =
        get("/api/v1/instance/privacy_policy").since([4, 0, 0], [4, 0, 0]);

    /// Which languages posts can be translated into: for each language, a list of others. `und` is for
    /// posts of unknown language.
    ///
    /// `GET /api/v1/instance/translation_languages` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#translation_languages)
    ///
    /// An empty object where the server translates nothing.
    instanceTranslationLanguages(; RequestOptions) -> "Record<string, string[]>" =
        get("/api/v1/instance/translation_languages").since([4, 2, 0], [4, 2, 0]);

    /// The languages that a post can be marked with.
    ///
    /// `GET /api/v1/instance/languages` · public · not in Mastodon's documentation
    instanceLanguages(; RequestOptions) -> "SupportedLocale[]" =
        get("/api/v1/instance/languages").since([4, 2, 0], [4, 2, 0]);

    /// The accounts that want to be found.
    ///
    /// `GET /api/v1/directory` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/directory/#get)
    directory(; DirectoryOptions) -> "Page<Account>" =
        get("/api/v1/directory").since([3, 0, 0], [3, 0, 0]).offset_page();

    /// The custom emoji of the server.
    ///
    /// `GET /api/v1/custom_emojis` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/custom_emojis/#get)
    customEmojis(; RequestOptions) -> "CustomEmoji[]" =
        get("/api/v1/custom_emojis").since([2, 1, 0], [2, 1, 0]);

    /// What the moderators announce at the moment.
    ///
    /// `GET /api/v1/announcements` · a token of a user ·
    /// [documentation](https://docs.joinmastodon.org/methods/announcements/#get)
    announcements(; RequestOptions) -> "Announcement[]" =
        get("/api/v1/announcements").since([3, 1, 0], [3, 1, 0]);

    /// Marks an announcement as read.
    ///
    /// `POST /api/v1/announcements/{id}/dismiss` · scope `write:accounts` ·
    /// [documentation](https://docs.joinmastodon.org/methods/announcements/#dismiss)
    announcementDismiss(id: Id; WriteOptions) -> "void" =
        post("/api/v1/announcements/{id}/dismiss").since([3, 1, 0], [3, 1, 0]).nothing();

    /// Reacts to an announcement: with a Unicode emoji, or with the short code (without colons) of a
    /// custom one.
    ///
    /// `PUT /api/v1/announcements/{id}/reactions/{reaction}` · scope `write:favourites` ·
    /// [documentation](https://docs.joinmastodon.org/methods/announcements/#put-reactions)
    ///
    /// A `MastodonAPIError` of status 422 for what is no emoji, or one too many (the server allows
    /// eight kinds).
    announcementReactionCreate(id: Id, reaction: Text; WriteOptions) -> "void" =
        put("/api/v1/announcements/{id}/reactions/{reaction}").since([3, 1, 0], [3, 1, 0]).nothing();

    /// Takes back a reaction to an announcement.
    ///
    /// `DELETE /api/v1/announcements/{id}/reactions/{reaction}` · scope `write:favourites` ·
    /// [documentation](https://docs.joinmastodon.org/methods/announcements/#delete-reactions)
    announcementReactionDelete(id: Id, reaction: Text; WriteOptions) -> "void" =
        delete("/api/v1/announcements/{id}/reactions/{reaction}").since([3, 1, 0], [3, 1, 0]).nothing();

    /// What the server says of itself: name, rules, limits, addresses.
    ///
    /// `GET /api/v2/instance` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#v2)
    ///
    /// Servers before 4.0.0 have `GET /api/v1/instance` alone, whose answer has other fields; see
    /// `instanceV1` and `instanceV2` for one or the other.
    instance(; RequestOptions) -> "InstanceV2 | Instance" =
        get("/api/v2/instance").since([1, 1, 0], [4, 0, 0]).before([4, 0, 0], "/api/v1/instance");

    /// The terms of service of the server, as HTML.
    ///
    /// `GET /api/v1/instance/terms_of_service`, `GET /api/v1/instance/terms_of_service/{date}` ·
    /// public · [documentation](https://docs.joinmastodon.org/methods/instance/#terms_of_service)
    ///
    /// `MastodonNotFoundError` where the server has none, or none of that day.
    instanceTermsOfService(; InstanceTermsOfServiceOptions) -> "TermsOfService" =
        get("/api/v1/instance/terms_of_service").since([4, 4, 0], [4, 4, 0]);

    /// Whether the server is well.
    ///
    /// `GET /health` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/health/#get)
    ///
    /// `false` where it answers anything but that it is. Rejects, as every method, where the answer is
    /// an error: a server that is not well says 500 or 503. Pages cannot ask: the path has no CORS
    /// headers.
    instanceHealth(; RequestOptions) -> "boolean" =
        get("/health").since([3, 0, 0], [3, 0, 0]).nothing();

    /// What the server says of itself in the form that all of the fediverse shares: software, version,
    /// numbers of people and posts.
    ///
    /// `GET /.well-known/nodeinfo`, then what it names · public ·
    /// [documentation](https://github.com/jhass/nodeinfo/blob/main/PROTOCOL.md)
    ///
    /// Only this client's server is asked: an address elsewhere counts for its path alone.
    /// `MastodonIllegalArgumentError` where the server does not have the schema that was asked for.
    instanceNodeinfo(; InstanceNodeinfoOptions) -> "Nodeinfo" =
        get("/.well-known/nodeinfo").since([3, 0, 0], [3, 0, 0]);
}
