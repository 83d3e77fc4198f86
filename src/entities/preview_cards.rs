//! Previews of links.

use super::Account;
use super::declare::{entity, open_enum};

open_enum! {
    /// What a link leads to, as defined by oEmbed.
    pub enum PreviewCardType {
        /// A web page.
        Link = "link",
        /// An image.
        Photo = "photo",
        /// A video; `html` has its player.
        Video = "video",
        /// Other content, in `html`. Mastodon does not use it.
        Rich = "rich",
    }
}

entity! {
    /// A preview of a link, as shown below a status. In trends, it also has a `history`.
    ///
    /// See <https://docs.joinmastodon.org/entities/PreviewCard/>
    pub struct PreviewCard {
        /// URL that the link leads to.
        url: String,
        /// The title of the page.
        title: String,
        /// The description of the page, as text.
        description: String,
        /// The language of the page, as an ISO 639-1 code; `null` when unknown. Absent on older servers.
        language?: Option<String>,
        /// What the link leads to.
        r#type: PreviewCardType,
        /// The name of the author; empty when unknown.
        ///
        /// @deprecated since 4.3.0: see `authors`.
        author_name: String,
        /// URL of a page about the author; empty when unknown.
        ///
        /// @deprecated since 4.3.0: see `authors`.
        author_url: String,
        /// The name of the publisher; empty when unknown.
        provider_name: String,
        /// URL of the publisher's website; empty when unknown.
        provider_url: String,
        /// The publisher's HTML to embed; empty when there is none. Show it only in a sandboxed frame.
        html: String,
        /// The width of the embedded content or of the image, in pixels; 0 when unknown.
        width: u64,
        /// The height of the embedded content or of the image, in pixels; 0 when unknown.
        height: u64,
        /// URL of the preview image; `null` when there is none.
        image?: Option<String>,
        /// The alternative text of the preview image; empty when there is none. Absent before 4.2.0.
        image_description?: String,
        /// URL of the image that a `photo` link leads to; otherwise empty.
        embed_url: String,
        /// A blurred placeholder of the preview image, for `decodeBlurhash`; `null` when there is no image.
        /// Absent before 3.2.0.
        blurhash?: Option<String>,
        /// When the page was published, ISO 8601; `null` when unknown. Absent before 4.2.0.
        published_at?: Option<String>,
        /// The authors of the page. Absent before 4.3.0.
        authors?: Vec<PreviewCardAuthor>,
        /// Whether the page names you as its author, but its domain is not in your `attribution_domains`;
        /// `null` without a token. Absent before 4.6.0.
        missing_attribution?: Option<bool>,
        /// How often the link was shared in the last days, today first. Only in trends.
        history?: Vec<TrendingLinkHistory>,
        /// Identifies the card for `adminApproveTrendingLink`: a number, unlike all other ids. Only in
        /// `adminTrendingLinks`.
        id?: u64,
        /// Whether it waits for review as a trend. Only in `adminTrendingLinks`.
        requires_review?: bool,
    }

    /// An author of a page with a preview.
    ///
    /// See <https://docs.joinmastodon.org/entities/PreviewCardAuthor/>
    pub struct PreviewCardAuthor {
        /// The name; empty when unknown.
        ///
        /// @deprecated If there is an `account`, its `display_name` is newer.
        name: String,
        /// URL of a page about the author; empty when unknown.
        url: String,
        /// The author's account; `null` when none is known.
        account: Option<Account>,
    }

    /// How often a link was shared on one day.
    ///
    /// See <https://docs.joinmastodon.org/entities/PreviewCard/#history>
    pub struct TrendingLinkHistory {
        /// Midnight (UTC) of the day, in seconds since 1970, as a string.
        day: String,
        /// How many accounts shared it, as a number in a string.
        accounts: String,
        /// How often it was shared, as a number in a string.
        uses: String,
    }

    /// A status for embedding in other websites, as defined by oEmbed.
    ///
    /// See <https://docs.joinmastodon.org/methods/oembed/>
    pub struct OEmbed {
        /// The type: `rich`.
        r#type: String,
        /// The version of oEmbed: `1.0`.
        version: String,
        /// The title. Absent on some servers.
        title?: String,
        /// The name of the author.
        author_name: String,
        /// URL of the author's profile.
        author_url: String,
        /// The name of the server.
        provider_name: String,
        /// The server's URL.
        provider_url: String,
        /// How long it may be cached, in seconds.
        cache_age: u64,
        /// The HTML to embed.
        html: String,
        /// The width of the embedded HTML, in pixels.
        width: u64,
        /// The height in pixels; `null` when it depends on the content.
        height: Option<u64>,
    }

    /// A website whose links trend, for moderators. Mastodon does not document it; these are the known
    /// fields.
    pub struct AdminTrendingLinkPublisher {
        /// Its id: a number, unlike all other ids.
        id: u64,
        /// Its domain.
        domain: String,
        /// Whether its links may trend; `null` while undecided.
        trendable?: Option<bool>,
        /// When that was decided, ISO 8601; `null` while undecided.
        reviewed_at?: Option<String>,
        /// When a review was requested, ISO 8601; `null` when none was requested.
        requested_review_at?: Option<String>,
        /// Whether it waits for a moderator's decision.
        requires_review?: bool,
    }
}
