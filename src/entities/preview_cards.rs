//! Previews of links.

use super::Account;
use super::declare::{entity, open_enum};

open_enum! {
    /// What a link leads to, after oEmbed.
    pub enum PreviewCardType {
        /// A page.
        Link = "link",
        /// A picture.
        Photo = "photo",
        /// A video; `html` has its player.
        Video = "video",
        /// Something that `html` shows; Mastodon does not use it.
        Rich = "rich",
    }
}

entity! {
    /// A preview of a link, as it stands below a post; among the trends, with its history.
    ///
    /// See <https://docs.joinmastodon.org/entities/PreviewCard/>
    pub struct PreviewCard {
        /// Where the link leads.
        url: String,
        /// The title of the page.
        title: String,
        /// The description of the page, as text.
        description: String,
        /// The language of the page, as ISO 639-1 code; `null` when unknown. Absent in older servers.
        language?: Option<String>,
        /// What the link leads to.
        r#type: PreviewCardType,
        /// The name of the author; empty when unknown.
        ///
        /// @deprecated since 4.3.0: see `authors`.
        author_name: String,
        /// A page about the author; empty when unknown.
        ///
        /// @deprecated since 4.3.0: see `authors`.
        author_url: String,
        /// Who published it; empty when unknown.
        provider_name: String,
        /// The publisher's page; empty when unknown.
        provider_url: String,
        /// What to embed, as HTML of the publisher: to be shown in a sandboxed frame. Empty for none.
        html: String,
        /// The width of what is embedded, or of the picture, in pixels; 0 when unknown.
        width: u64,
        /// The height of what is embedded, or of the picture, in pixels; 0 when unknown.
        height: u64,
        /// Address of the preview picture; `null` when there is none.
        image?: Option<String>,
        /// What the preview picture shows, in words; empty when not described. Absent before 4.2.0.
        image_description?: String,
        /// Address of the picture that a `photo` link leads to; else empty.
        embed_url: String,
        /// A blurred placeholder of the preview picture, to be drawn with `decodeBlurhash`; `null`
        /// when there is no picture. Absent before 3.2.0.
        blurhash?: Option<String>,
        /// When the page was published, ISO 8601; `null` when unknown. Absent before 4.2.0.
        published_at?: Option<String>,
        /// Who wrote the page. Absent before 4.3.0.
        authors?: Vec<PreviewCardAuthor>,
        /// Whether the page names you as its author while its domain is not among your
        /// `attribution_domains`; `null` without a token. Absent before 4.6.0.
        missing_attribution?: Option<bool>,
        /// How often the link was shared in the last days, today first. Only in trends.
        history?: Vec<TrendingLinkHistory>,
        /// Identifies the card for `adminApproveTrendingLink`: a number, other than all other ids. Only
        /// in `adminTrendingLinks`.
        id?: u64,
        /// Whether it waits for review as a trend. Only in `adminTrendingLinks`.
        requires_review?: bool,
    }

    /// Who wrote a page that a preview shows.
    ///
    /// See <https://docs.joinmastodon.org/entities/PreviewCardAuthor/>
    pub struct PreviewCardAuthor {
        /// The name; empty when unknown.
        ///
        /// @deprecated Where there is an `account`, its `display_name` is newer.
        name: String,
        /// A page about the author; empty when unknown.
        url: String,
        /// The author's account; `null` when none is known.
        account: Option<Account>,
    }

    /// How often a link was shared on one day.
    ///
    /// See <https://docs.joinmastodon.org/entities/PreviewCard/#history>
    pub struct TrendingLinkHistory {
        /// Midnight (UTC) of the day, as seconds since 1970 in a string.
        day: String,
        /// How many people shared it, as a number in a string.
        accounts: String,
        /// How often it was shared, as a number in a string.
        uses: String,
    }

    /// A status as pages elsewhere show it, after oEmbed.
    ///
    /// See <https://docs.joinmastodon.org/methods/oembed/>
    pub struct OEmbed {
        /// What it is: `rich`.
        r#type: String,
        /// The version of oEmbed: `1.0`.
        version: String,
        /// What to call it. Absent on some servers.
        title?: String,
        /// The name of the author.
        author_name: String,
        /// The author's profile.
        author_url: String,
        /// The server.
        provider_name: String,
        /// The server's address.
        provider_url: String,
        /// Seconds that it may be cached.
        cache_age: u64,
        /// The HTML that shows it.
        html: String,
        /// The width of that, in pixels.
        width: u64,
        /// The height; `null` where it is as high as its content.
        height: Option<u64>,
    }

    /// A site whose links trend, for moderators. Mastodon does not document it; what it is known to have.
    pub struct AdminTrendingLinkPublisher {
        /// Its id: a number, other than all other ids.
        id: u64,
        /// Its domain.
        domain: String,
        /// Whether its links may trend; `null` while undecided.
        trendable?: Option<bool>,
        /// When that was decided (ISO 8601); `null` while undecided.
        reviewed_at?: Option<String>,
        /// When it was put before the moderators (ISO 8601); `null` where it was not.
        requested_review_at?: Option<String>,
        /// Whether somebody has to decide.
        requires_review?: bool,
    }
}
