//! What the instance says about itself, and the endpoints that other servers use.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use jiff::Timestamp;
use mastodon_wasm::entities::{
    Activity, CustomEmoji, DomainBlock, DomainBlockSeverity, ExtendedDescription,
    Instance as InstanceV1, InstanceAccountConfiguration, InstanceConfiguration,
    InstanceConfigurationV2, InstanceContact, InstanceIcon, InstanceMediaConfiguration,
    InstancePollConfiguration, InstanceRegistrations, InstanceStatistics,
    InstanceStatusConfiguration, InstanceThumbnail, InstanceThumbnailVersions,
    InstanceTimelinesAccessConfiguration, InstanceTimelinesAccessFeedConfiguration,
    InstanceTranslationConfiguration, InstanceURLs, InstanceURLsV2, InstanceUsage,
    InstanceUsageUsers, InstanceV2, InstanceVapidKey, Nodeinfo, NodeinfoMetadata, NodeinfoSoftware,
    NodeinfoUsage, NodeinfoUsageUsers, PrivacyPolicy, Rule, SupportedLocale, TermsOfService,
};
use serde_json::{Value, json};

use crate::clock;
use crate::error::Answer;
use crate::instance::{App, Instance};
use crate::params::Params;
use crate::render::rules;
use crate::store::Store;

const TITLE: &str = "Lanternfield";
const SHORT: &str =
    "A sandbox instance for mastodon-wasm: small, in memory, and friendly to tests.";

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/instance", get(v1))
        .route("/api/v2/instance", get(v2))
        .route("/api/v1/instance/peers", get(peers))
        .route("/api/v1/peers/search", get(search_peers))
        .route("/api/v1/instance/activity", get(activity))
        .route("/api/v1/instance/rules", get(rules_list))
        .route("/api/v1/instance/domain_blocks", get(domain_blocks))
        .route(
            "/api/v1/instance/extended_description",
            get(extended_description),
        )
        .route("/api/v1/instance/privacy_policy", get(privacy_policy))
        .route("/api/v1/instance/terms_of_service", get(terms_of_service))
        .route("/api/v1/instance/languages", get(languages))
        .route(
            "/api/v1/instance/translation_languages",
            get(translation_languages),
        )
        .route("/api/v1/custom_emojis", get(custom_emojis))
        .route("/api/v1/streaming/health", get(|| async { "OK" }))
        .route("/health", get(|| async { "OK" }))
        .route("/.well-known/nodeinfo", get(nodeinfo_links))
        .route("/nodeinfo/2.0", get(nodeinfo))
}

fn streaming_url(app: &Instance) -> String {
    app.behaviour()
        .streaming_url
        .unwrap_or_else(|| app.base.replacen("http", "ws", 1))
}

fn owner(store: &Store) -> Option<mastodon_wasm::entities::Account> {
    let owner = store
        .accounts
        .values()
        .find(|account| account.login.as_ref().is_some_and(|login| login.is_owner));
    owner.map(|account| store.account(account.id))
}

fn people(store: &Store) -> u64 {
    store
        .accounts
        .values()
        .filter(|account| account.is_local())
        .count() as u64
}

fn domains(store: &Store) -> Vec<String> {
    let mut domains: Vec<String> = store
        .accounts
        .values()
        .filter_map(|account| account.domain.clone())
        .collect();
    domains.sort();
    domains.dedup();
    domains
}

async fn v1(State(app): App) -> Answer<InstanceV1> {
    let store = app.store();
    Ok(Json(InstanceV1 {
        uri: store.domain.clone(),
        title: TITLE.to_owned(),
        short_description: Some(SHORT.to_owned()),
        description: String::new(),
        email: Some(crate::push::EMAIL.to_owned()),
        version: app.behaviour().version,
        urls: Some(InstanceURLs {
            streaming_api: Some(streaming_url(&app)),
            other: serde_json::Map::new(),
        }),
        stats: Some(InstanceStatistics {
            user_count: people(&store),
            status_count: store.statuses.len() as u64,
            domain_count: domains(&store).len() as u64,
            other: serde_json::Map::new(),
        }),
        thumbnail: Some(Some(store.url(crate::store::THUMBNAIL))),
        languages: Some(vec!["en".to_owned()]),
        registrations: true,
        approval_required: Some(false),
        invites_enabled: Some(true),
        configuration: Some(InstanceConfiguration {
            accounts: Some(account_limits()),
            statuses: status_limits(),
            media_attachments: media_limits(),
            polls: poll_limits(),
            other: serde_json::Map::new(),
        }),
        contact_account: Some(owner(&store)),
        rules: Some(rules()),
        other: serde_json::Map::new(),
    }))
}

async fn v2(State(app): App) -> Answer<InstanceV2> {
    if !app.behaviour().instance_v2 {
        return Err(crate::error::no_route().await);
    }
    let store = app.store();
    let thumbnail = store.url(crate::store::THUMBNAIL);
    let access = || InstanceTimelinesAccessFeedConfiguration {
        local: "public".into(),
        remote: "public".into(),
        other: serde_json::Map::new(),
    };
    Ok(Json(InstanceV2 {
        domain: store.domain.clone(),
        title: TITLE.to_owned(),
        version: app.behaviour().version,
        source_url: "https://github.com/mastodon/mastodon".to_owned(),
        description: SHORT.to_owned(),
        usage: InstanceUsage {
            users: InstanceUsageUsers {
                active_month: people(&store),
                other: serde_json::Map::new(),
            },
            other: serde_json::Map::new(),
        },
        thumbnail: Some(Some(InstanceThumbnail {
            url: thumbnail.clone(),
            blurhash: Some(
                crate::picture::paintings::painting("lanterns")
                    .map(|picture| picture.blurhash.to_owned()),
            ),
            versions: Some(InstanceThumbnailVersions {
                at1x: Some(thumbnail.clone()),
                at2x: Some(thumbnail),
                other: serde_json::Map::new(),
            }),
            description: Some("Lanterns over a field at dusk".to_owned()),
            other: serde_json::Map::new(),
        })),
        icon: Some(vec![InstanceIcon {
            src: store.url("/pictures/icon.svg"),
            size: "512x512".to_owned(),
            other: serde_json::Map::new(),
        }]),
        languages: Some(vec!["en".to_owned()]),
        configuration: InstanceConfigurationV2 {
            urls: Some(InstanceURLsV2 {
                streaming: Some(streaming_url(&app)),
                status: Some(None),
                about: Some(store.url("/about")),
                privacy_policy: Some(Some(store.url("/privacy-policy"))),
                terms_of_service: Some(None),
                other: serde_json::Map::new(),
            }),
            vapid: Some(InstanceVapidKey {
                public_key: crate::push::VAPID_KEY.to_owned(),
                other: serde_json::Map::new(),
            }),
            accounts: account_limits(),
            statuses: status_limits(),
            media_attachments: media_limits(),
            polls: poll_limits(),
            translation: Some(InstanceTranslationConfiguration {
                enabled: false,
                other: serde_json::Map::new(),
            }),
            timelines_access: Some(InstanceTimelinesAccessConfiguration {
                live_feeds: access(),
                hashtag_feeds: access(),
                trending_link_feeds: access(),
                other: serde_json::Map::new(),
            }),
            limited_federation: Some(false),
            other: serde_json::Map::new(),
        },
        registrations: InstanceRegistrations {
            enabled: true,
            approval_required: false,
            reason_required: Some(Some(false)),
            message: None,
            min_age: Some(None),
            url: Some(None),
            sign_up_url: None,
            other: serde_json::Map::new(),
        },
        api_versions: Some(BTreeMap::from([("mastodon".to_owned(), 7)])),
        wrapstodon: Some(None),
        contact: InstanceContact {
            email: crate::push::EMAIL.to_owned(),
            account: Some(owner(&store)),
            other: serde_json::Map::new(),
        },
        rules: Some(rules()),
        other: serde_json::Map::new(),
    }))
}

fn account_limits() -> InstanceAccountConfiguration {
    InstanceAccountConfiguration {
        max_featured_tags: Some(10),
        max_pinned_statuses: Some(5),
        max_display_name_length: Some(30),
        max_note_length: Some(500),
        max_avatar_description_length: Some(150),
        max_header_description_length: Some(150),
        max_profile_fields: Some(4),
        profile_field_name_limit: Some(255),
        profile_field_value_limit: Some(255),
        other: serde_json::Map::new(),
    }
}

fn status_limits() -> InstanceStatusConfiguration {
    InstanceStatusConfiguration {
        max_characters: 500,
        max_media_attachments: 4,
        characters_reserved_per_url: Some(23),
        supported_mime_types: None,
        other: serde_json::Map::new(),
    }
}

fn media_limits() -> InstanceMediaConfiguration {
    let types = [
        "image/jpeg",
        "image/png",
        "image/gif",
        "image/webp",
        "image/avif",
        "video/webm",
        "video/mp4",
        "video/quicktime",
        "video/ogg",
        "audio/wave",
        "audio/wav",
        "audio/ogg",
        "audio/mpeg",
        "audio/mp3",
        "audio/webm",
        "audio/flac",
        "audio/mp4",
    ];
    InstanceMediaConfiguration {
        supported_mime_types: types.map(str::to_owned).to_vec(),
        description_limit: Some(1500),
        image_size_limit: 16_777_216,
        image_matrix_limit: Some(33_177_600),
        video_size_limit: Some(103_809_024),
        video_frame_rate_limit: Some(120),
        video_matrix_limit: Some(8_294_400),
        other: serde_json::Map::new(),
    }
}

fn poll_limits() -> InstancePollConfiguration {
    InstancePollConfiguration {
        max_options: 4,
        max_characters_per_option: 50,
        min_expiration: 300,
        max_expiration: 2_629_746,
        other: serde_json::Map::new(),
    }
}

async fn rules_list() -> Json<Vec<Rule>> {
    Json(rules())
}

async fn peers(State(app): App) -> Json<Vec<String>> {
    Json(domains(&app.store()))
}

async fn search_peers(State(app): App, params: Params) -> Json<Vec<String>> {
    let part = params.get("q").text().unwrap_or_default().to_lowercase();
    let mut found = domains(&app.store());
    found.retain(|domain| !part.is_empty() && domain.starts_with(&part));
    found.truncate(10);
    Json(found)
}

async fn activity(State(app): App) -> Json<Vec<Activity>> {
    const WEEK: i64 = 7 * 86_400;
    let store = app.store();
    let now = clock::midnight(store.clock.now()).as_second();
    let weeks = (0..12).map(|ago| {
        let start = now - ago * WEEK;
        let inside = |time: Timestamp| (start..start + WEEK).contains(&time.as_second());
        let posts: Vec<_> = store
            .statuses
            .values()
            .filter(|status| inside(status.created_at))
            .collect();
        let registered = store
            .accounts
            .values()
            .filter(|account| account.is_local() && inside(account.created_at))
            .count();
        Activity {
            week: start.to_string().into(),
            statuses: posts.len().to_string().into(),
            logins: if posts.is_empty() { 0 } else { people(&store) }
                .to_string()
                .into(),
            registrations: registered.to_string().into(),
            other: serde_json::Map::new(),
        }
    });
    Json(weeks.collect())
}

async fn domain_blocks() -> Json<Vec<DomainBlock>> {
    use sha2::{Digest, Sha256};
    let domain = "spam.example".to_owned();
    let digest = format!("{:x}", Sha256::digest(&domain));
    let comment = Some(Some("Advertisements by the thousand".to_owned()));
    Json(vec![DomainBlock {
        domain,
        digest,
        severity: DomainBlockSeverity::Suspend,
        comment,
        other: serde_json::Map::new(),
    }])
}

async fn extended_description() -> Json<ExtendedDescription> {
    let content = "<p>Lanternfield exists while its process runs. It is there to be posted on, tested against and broken.</p>";
    Json(ExtendedDescription {
        updated_at: Some("2026-08-01T00:00:00Z".to_owned()),
        content: content.to_owned(),
        other: serde_json::Map::new(),
    })
}

async fn privacy_policy() -> Json<PrivacyPolicy> {
    let content = "<p>Everything stays in the memory of one process, and ends with it.</p>";
    Json(PrivacyPolicy {
        updated_at: "2026-08-01T00:00:00Z".to_owned(),
        content: content.to_owned(),
        other: serde_json::Map::new(),
    })
}

async fn terms_of_service() -> Json<TermsOfService> {
    Json(TermsOfService {
        effective_date: "2026-08-01".to_owned(),
        effective: true,
        content: "<p>Do as you like; it is a sandbox.</p>".to_owned(),
        succeeded_by: Some(None),
        other: serde_json::Map::new(),
    })
}

async fn languages() -> Json<Vec<SupportedLocale>> {
    let all = [
        ("ar", "Arabic"),
        ("de", "German"),
        ("en", "English"),
        ("es", "Spanish"),
        ("fr", "French"),
        ("he", "Hebrew"),
        ("ja", "Japanese"),
        ("pt", "Portuguese"),
        ("sv", "Swedish"),
        ("zh-TW", "Chinese (Taiwan)"),
    ];
    Json(
        all.map(|(code, name)| SupportedLocale {
            code: code.to_owned(),
            name: name.to_owned(),
            other: serde_json::Map::new(),
        })
        .to_vec(),
    )
}

async fn translation_languages() -> Json<Value> {
    Json(json!({}))
}

async fn custom_emojis(State(app): App) -> Json<Vec<CustomEmoji>> {
    Json(app.store().custom_emojis())
}

async fn nodeinfo_links(State(app): App) -> Json<Value> {
    Json(json!({"links": [{
        "rel": "http://nodeinfo.diaspora.software/ns/schema/2.0",
        "href": format!("{}/nodeinfo/2.0", app.base),
    }]}))
}

async fn nodeinfo(State(app): App) -> Json<Nodeinfo> {
    let store = app.store();
    let users = people(&store);
    Json(Nodeinfo {
        version: "2.0".to_owned(),
        software: NodeinfoSoftware {
            name: "mastodon".to_owned(),
            version: app.behaviour().version,
            ..NodeinfoSoftware::default()
        },
        protocols: vec!["activitypub".to_owned()],
        usage: NodeinfoUsage {
            users: NodeinfoUsageUsers {
                total: Some(users),
                active_month: Some(users),
                active_halfyear: Some(users),
                other: serde_json::Map::new(),
            },
            local_posts: Some(
                store
                    .statuses
                    .values()
                    .filter(|status| status.app.is_some())
                    .count() as u64,
            ),
            ..NodeinfoUsage::default()
        },
        open_registrations: true,
        metadata: NodeinfoMetadata {
            node_name: Some(TITLE.to_owned()),
            node_description: Some(Some(SHORT.to_owned())),
            ..NodeinfoMetadata::default()
        },
        ..Nodeinfo::default()
    })
}
