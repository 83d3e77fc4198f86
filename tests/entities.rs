//! Holds the entities against what real servers answered: each sample of the recordings, and each
//! recorded answer whose method has a known entity, is read into its type and written again. What
//! comes out is what went in; a key or a name that the type does not know, a `null` that it does not
//! allow and a value that it changes are all failures. Of other servers, keys and names that the types
//! do not know have to survive.
//!
//! The recordings are no part of the repository. They are looked for in `../shared/recordings`, or
//! where `MASTODON_RECORDINGS` says, with the inventory of the API beside them. Without them the
//! tests say so and pass, except where `CI` is set.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::{env, fs};

use mastodon_wasm::entities::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What is written again, and how the entity shows itself.
type RoundTrip = fn(&Value) -> Result<(Value, String), String>;

fn round_trip<T: DeserializeOwned + Serialize + Debug>(
    json: &Value,
) -> Result<(Value, String), String> {
    let entity = T::deserialize(json).map_err(|error| error.to_string())?;
    let debug = format!("{entity:?}");
    let again = serde_json::to_value(entity).map_err(|error| error.to_string())?;
    Ok((again, debug))
}

/// What the types do not know of an entity that shows itself so: names of unions, and fields but of a
/// type that has them on purpose.
fn unknown(debug: &str) -> Vec<String> {
    let upto = |text: &str, end| text.split(end).next().unwrap_or_default().to_owned();
    let names = debug.split("Other(").skip(1);
    let names = names.map(|rest| format!("a union does not know the name {}", upto(rest, ')')));
    let mut found: Vec<String> = names.collect();
    let (mut inside, mut text, mut escaped) = (Vec::new(), false, false);
    for (at, letter) in debug.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = text,
            '"' => text = !text,
            '{' if !text => {
                let before = debug[..at].trim_end();
                let field = debug[at..].strip_prefix("{\"");
                if let (true, Some(rest)) = (before.ends_with(" other:"), field)
                    && inside.last() != Some(&"NodeinfoMetadata")
                {
                    let field = upto(rest, '"');
                    found.push(format!("a type does not know the field {field}"));
                }
                inside.push(before.rsplit(' ').next().unwrap_or_default());
            }
            '}' if !text => {
                inside.pop();
            }
            _ => {}
        }
    }
    found
}

/// How an entity is read and written, and its default as JSON.
struct Entity {
    round_trip: RoundTrip,
    default: fn() -> Value,
}

macro_rules! round_trips {
    ($($name:ident),* $(,)?) => {
        BTreeMap::from([$((
            stringify!($name),
            Entity {
                round_trip: round_trip::<$name>,
                default: || serde_json::to_value($name::default()).unwrap(),
            },
        )),*])
    };
}

static ENTITIES: LazyLock<BTreeMap<&str, Entity>> = LazyLock::new(|| {
    round_trips![
        Account,
        AccountCreationError,
        AccountCreationErrorDetails,
        AccountCreationErrorDetailsField,
        AccountField,
        AccountWarning,
        Activity,
        AdminAccount,
        AdminCanonicalEmailBlock,
        AdminCohort,
        AdminDimension,
        AdminDimensionData,
        AdminDomainAllow,
        AdminDomainBlock,
        AdminEmailDomainBlock,
        AdminEmailDomainBlockHistory,
        AdminIp,
        AdminIpBlock,
        AdminMeasure,
        AdminMeasureData,
        AdminReport,
        AdminRetention,
        Announcement,
        AnnouncementAccount,
        AnnouncementStatus,
        AnnualReport,
        AnnualReportAccountAndCount,
        AnnualReportDataV1,
        AnnualReportDataV2,
        AnnualReportEvent,
        AnnualReportNameAndCount,
        AnnualReportPercentiles,
        AnnualReportState,
        AnnualReportTimeSeriesEntryV1,
        AnnualReportTimeSeriesEntryV2,
        AnnualReportTopStatusesV1,
        AnnualReportTopStatusesV2,
        AnnualReportTypeDistribution,
        Appeal,
        Application,
        AsyncRefresh,
        Collection,
        CollectionItem,
        CollectionWithAccounts,
        Collections,
        Context,
        Conversation,
        CredentialAccountSource,
        CredentialAccountState,
        CustomEmoji,
        DomainBlock,
        ErrorBody,
        ExtendedDescription,
        FamiliarFollowers,
        FeatureApproval,
        FeaturedTag,
        Filter,
        FilterKeyword,
        FilterResult,
        FilterStatus,
        FilterV2,
        GroupedNotificationsResults,
        IdentityProof,
        Instance,
        InstanceAccountConfiguration,
        InstanceConfiguration,
        InstanceConfigurationV2,
        InstanceContact,
        InstanceIcon,
        InstanceMediaConfiguration,
        InstancePollConfiguration,
        InstanceRegistrations,
        InstanceStatistics,
        InstanceStatusConfiguration,
        InstanceThumbnail,
        InstanceThumbnailVersions,
        InstanceTimelinesAccessConfiguration,
        InstanceTimelinesAccessFeedConfiguration,
        InstanceTranslationConfiguration,
        InstanceURLs,
        InstanceURLsV2,
        InstanceUsage,
        InstanceUsageUsers,
        InstanceV2,
        InstanceVapidKey,
        Marker,
        MediaAttachment,
        MediaAttachmentAudioMetadata,
        MediaAttachmentColors,
        MediaAttachmentFocusPoint,
        MediaAttachmentImageMetadata,
        MediaAttachmentMetadataContainer,
        MediaAttachmentVideoMetadata,
        Nodeinfo,
        NodeinfoMetadata,
        NodeinfoServices,
        NodeinfoSoftware,
        NodeinfoUsage,
        NodeinfoUsageUsers,
        Notification,
        NotificationFallback,
        NotificationGroup,
        NotificationPolicy,
        NotificationPolicySummary,
        NotificationRequest,
        OAuthServerInfo,
        OAuthUserInfo,
        PartialAccountWithAvatar,
        Poll,
        PollOption,
        Preferences,
        PreviewCard,
        PreviewCardAuthor,
        PrivacyPolicy,
        Profile,
        ProfileField,
        PushNotification,
        Quote,
        QuoteApproval,
        Reaction,
        Relationship,
        RelationshipSeveranceEvent,
        Report,
        Role,
        Rule,
        RuleTranslation,
        ScheduledStatus,
        ScheduledStatusParams,
        Search,
        SearchV2,
        ShallowQuote,
        ShallowTag,
        Status,
        StatusEdit,
        StatusMention,
        StatusSource,
        StreamReaction,
        Suggestion,
        SupportedLocale,
        Tag,
        TagHistory,
        TermsOfService,
        Token,
        Translation,
        TranslationAttachment,
        TranslationPoll,
        TranslationPollOption,
        TrendingLinkHistory,
        UnreadNotificationsCount,
        UserList,
        V1NotificationPolicy,
        WebPushSubscription,
        WebPushSubscriptionAlerts,
        WrappedAnnualReports,
        WrappedCollection,
        WrappedCollectionItem,
    ]
});

struct Recordings {
    root: PathBuf,
    inventory: PathBuf,
}

impl Recordings {
    /// The recordings, or `None` where there are none and need not be any.
    fn find() -> Option<Self> {
        let root = env::var_os("MASTODON_RECORDINGS").map_or_else(
            || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/recordings"),
            PathBuf::from,
        );
        if !root.is_dir() {
            assert!(
                env::var_os("CI").is_none(),
                "no recordings at {}",
                root.display()
            );
            println!("skipped: no recordings at {}", root.display());
            return None;
        }
        let inventory = root.join("../api");
        Some(Self { root, inventory })
    }

    fn read(path: &Path) -> Value {
        let text =
            fs::read(path).unwrap_or_else(|error| panic!("reading {}: {error}", path.display()));
        serde_json::from_slice(&text)
            .unwrap_or_else(|error| panic!("reading {}: {error}", path.display()))
    }

    fn inventory(&self, file: &str) -> Vec<Value> {
        match Self::read(&self.inventory.join(file)) {
            Value::Array(entries) => entries,
            other => panic!("{file} is no list: {other}"),
        }
    }
}

/// What differs, by place, so that a failure can be acted upon.
#[derive(Default)]
struct Failures {
    checked: usize,
    found: BTreeMap<String, (usize, String)>,
}

impl Failures {
    fn check(&mut self, entity: &str, json: &Value, source: &str) {
        let Some(known) = ENTITIES.get(entity) else {
            panic!("no type for {entity} ({source})");
        };
        self.checked += 1;
        match (known.round_trip)(json) {
            Err(error) => self.add(format!("{entity}: {error}"), source),
            Ok((again, debug)) => {
                for unknown in unknown(&debug) {
                    self.add(format!("{entity}: {unknown}"), source);
                }
                compare(entity, json, &again, &mut |difference| {
                    self.add(difference, source);
                });
            }
        }
    }

    fn add(&mut self, difference: String, source: &str) {
        let entry = self.found.entry(difference);
        entry.or_insert_with(|| (0, source.to_owned())).0 += 1;
    }

    fn report(self, what: &str) {
        for (difference, (times, source)) in &self.found {
            println!("{difference} ({times} times; {source})");
        }
        println!("{} {what} checked", self.checked);
        assert!(self.checked > 0, "no {what} to check");
        assert!(self.found.is_empty(), "{} differences", self.found.len());
    }
}

fn compare(place: &str, before: &Value, after: &Value, report: &mut dyn FnMut(String)) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (key, value) in before {
                match after.get(key) {
                    Some(again) => compare(&format!("{place}.{key}"), value, again, report),
                    None => report(format!("{place}.{key}: lost")),
                }
            }
            for key in after.keys().filter(|key| !before.contains_key(*key)) {
                report(format!("{place}.{key}: made up"));
            }
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (value, again) in before.iter().zip(after) {
                compare(&format!("{place}[]"), value, again, report);
            }
        }
        // 1 and 1.0 are one number in JSON.
        (Value::Number(before), Value::Number(after)) if before.as_f64() == after.as_f64() => {}
        _ if before == after => {}
        _ => report(format!("{place}: {before} became {after}")),
    }
}

/// The samples are labelled as Mastodon.py types them. Where it is wrong, what counts is what the
/// server sent.
fn relabel<'a>(entity: &'a str, json: &Value) -> &'a str {
    let has = |key| json.get(key).is_some();
    match entity {
        "Account" if has("ips") && has("account") => "AdminAccount",
        "Filter" if has("filter_action") => "FilterV2",
        "Tag" if has("statuses_count") => "FeaturedTag",
        "FeaturedTag" if has("history") && !has("statuses_count") => "Tag",
        _ => entity,
    }
}

#[test]
fn every_entity_of_the_inventory_has_a_type() {
    let Some(recordings) = Recordings::find() else {
        return;
    };
    let inventory = recordings.inventory("entities.json");
    let names: BTreeSet<&str> = inventory
        .iter()
        .filter_map(|entity| entity["name"].as_str())
        // A type `Error` would hide JavaScript's own.
        .map(|name| if name == "Error" { "ErrorBody" } else { name })
        .collect();
    assert_eq!(names, ENTITIES.keys().copied().collect());
    println!("{} entities", names.len());
}

/// The fields that the declarations mark as secret, by entity; a field that is called as secrets are
/// has to be one of them.
fn secret_fields() -> BTreeMap<String, Vec<String>> {
    const CALLED: [&str; 6] = ["auth", "d", "key", "password", "secret", "token"];
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/entities")];
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    while let Some(folder) = folders.pop() {
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let mut entity = String::new();
            for line in fs::read_to_string(path).unwrap().lines() {
                if let Some(rest) = line.trim_start().strip_prefix("pub struct ") {
                    rest.split(' ').next().unwrap().clone_into(&mut entity);
                }
                let Some((name, kind)) = line.trim_start().split_once(": ") else {
                    continue;
                };
                let field = name.trim_start_matches("secret ").trim_end_matches('?');
                if field != name.trim_end_matches('?') {
                    found
                        .entry(entity.clone())
                        .or_default()
                        .push(field.to_owned());
                } else if matches!(kind, "String," | "Option<String>,") {
                    let last = field.rsplit('_').next().unwrap();
                    assert!(
                        !CALLED.contains(&last) || PUBLIC.contains(&field),
                        "{entity}.{field} is a secret by its name: `secret {field}: …`, or say why not"
                    );
                }
            }
        }
    }
    found
}

/// Keys that everybody may know: of Web Push, of a group of notifications, of a row of statistics.
const PUBLIC: [&str; 6] = [
    "group_key",
    "human_key",
    "key",
    "public_key",
    "server_key",
    "vapid_key",
];

#[test]
fn secrets_do_not_show() {
    let entities = round_trips![
        Application,
        PushNotification,
        PushPrivateKey,
        PushPublicKey,
        Token,
    ];
    let secrets = secret_fields();
    assert!(secrets.keys().eq(entities.keys()), "{secrets:?}");
    for (name, fields) in &secrets {
        let entity = &entities[name.as_str()];
        let mut json = (entity.default)();
        let other = "id_token".to_owned();
        for field in fields.iter().chain([&other]) {
            json[field] = format!("hidden-{field}").into();
        }
        let (again, debug) = (entity.round_trip)(&json).unwrap();
        assert_eq!(again, json);
        assert!(!debug.contains("hidden"), "{debug}");
        for field in fields.iter().chain([&other]) {
            assert!(debug.contains(field.as_str()), "{field}: {debug}");
        }
        let all = again.as_object().unwrap().keys();
        assert!(all.clone().all(|field| debug.contains(field)), "{debug}");
    }
}

#[test]
fn samples_survive_a_round_trip() {
    let Some(recordings) = Recordings::find() else {
        return;
    };
    let mut failures = Failures::default();
    let folder = recordings.root.join("entities");
    for file in fs::read_dir(&folder).expect("the folder of samples") {
        let data = Recordings::read(&file.expect("an entry of the folder of samples").path());
        let entity = data["entity"].as_str().expect("the name of an entity");
        for sample in data["samples"].as_array().expect("a list of samples") {
            let (json, source) = (&sample["json"], &sample["source"]);
            failures.check(relabel(entity, json), json, &source.to_string());
        }
    }
    failures.report("samples");
}

#[test]
fn answers_survive_a_round_trip() {
    let Some(recordings) = Recordings::find() else {
        return;
    };
    let methods: BTreeMap<String, Value> = recordings
        .inventory("methods.json")
        .into_iter()
        .map(|method| {
            (
                method["python_name"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
                method,
            )
        })
        .collect();
    let mut cassettes = BTreeMap::new();
    let mut failures = Failures::default();
    let tests = Recordings::read(&recordings.root.join("calls.json"));
    for (id, test) in tests.as_object().expect("the recorded calls") {
        for call in test["calls"].as_array().into_iter().flatten() {
            let name = call["method"].as_str().unwrap_or_default();
            let Some((answer, path)) = answer(&recordings, &mut cassettes, methods.get(name), call)
            else {
                continue;
            };
            let Some(returns) = returned(name, &methods) else {
                continue;
            };
            check_as(
                &returns,
                &answer,
                &path,
                &format!("{name}, {id}"),
                &mut failures,
            );
        }
    }
    failures.report("answers");
}

/// Other servers have fields and names of their own, which survive. What an entity has of a field, they
/// must have too: where they do not (docs/compatibility.md), the entity says so.
#[test]
fn answers_of_other_servers_are_read() {
    let Some(recordings) = Recordings::find() else {
        return;
    };
    let methods: BTreeMap<String, Value> = recordings
        .inventory("methods.json")
        .into_iter()
        .map(|method| {
            (
                method["js_name"].as_str().unwrap_or_default().to_owned(),
                method,
            )
        })
        .collect();
    let mut failures = Failures::default();
    for file in fs::read_dir(recordings.root.join("servers")).expect("the folder of servers") {
        let data = Recordings::read(&file.expect("an entry of the folder of servers").path());
        let server = data["server"].as_str().unwrap_or_default();
        for call in data["answers"].as_array().expect("a list of answers") {
            let name = call["method"].as_str().unwrap_or_default();
            let body = call["response"]["body"].as_str().unwrap_or_default();
            // Of several requests, the first was recorded, which is another method's.
            let several = ["follows", "instanceNodeinfo", "statusReply"].contains(&name);
            // GoToSocial 0.20 writes the id of the status into a field of another name.
            let broken = server.starts_with("GoToSocial") && name.contains("ilterStatus");
            let ok = call["ok"] == true && call["response"]["status"].as_u64() < Some(300);
            let (true, Some(method), Ok(answer)) = (
                ok && !several && !broken,
                methods.get(name),
                serde_json::from_str::<Value>(body),
            ) else {
                continue;
            };
            let python = method["python_name"].as_str().unwrap_or_default();
            let by_python = BTreeMap::from([(python.to_owned(), method.clone())]);
            let Some(returns) = returned(python, &by_python) else {
                continue;
            };
            let url = call["request"]["url"].as_str().unwrap_or_default();
            check_as(
                &returns,
                &answer,
                url,
                &format!("{name}, {server}"),
                &mut failures,
            );
        }
    }
    let before = failures.found.len();
    failures
        .found
        .retain(|difference, _| !difference.contains(" does not know the "));
    assert!(failures.found.len() < before, "fields of their own");
    failures.report("answers of other servers");
}

fn is_discovery(path: &str) -> bool {
    let path = path.trim_end_matches('/');
    path.starts_with("/nodeinfo/")
        || path.starts_with("/.well-known/")
        || ["/api/v1/instance", "/api/v2/instance"].contains(&path)
}

/// The body of the last answer that belongs to the call itself, and the path that was asked.
fn answer(
    recordings: &Recordings,
    cassettes: &mut BTreeMap<String, Value>,
    method: Option<&Value>,
    call: &Value,
) -> Option<(Value, String)> {
    let method = method?;
    if method["kind"] != "rest" || !call["error"].is_null() {
        return None;
    }
    let own = method["http"][0]["path"].as_str().is_some_and(is_discovery);
    let request = call["requests"].as_array()?.iter().rfind(|request| {
        let path = request["path"].as_str().unwrap_or_default();
        own || !is_discovery(path)
    })?;
    if request["mocked"] == true {
        return None;
    }
    let response = match &request["response"]["ref"] {
        Value::Array(at) => {
            let name = at[0].as_str()?;
            let index = usize::try_from(at[1].as_u64()?).ok()?;
            let cassette = cassettes.entry(name.to_owned()).or_insert_with(|| {
                Recordings::read(&recordings.root.join(format!("recordings/{name}.json")))
            });
            &cassette["interactions"][index]["response"]
        }
        _ => &request["response"],
    };
    let body = &response["body_json"];
    let good = response["status"].as_u64()? < 300 && !body.is_null();
    let path = request["path"].as_str()?.to_owned();
    good.then(|| (body.clone(), path))
}

/// What the body of a method's answer is, in the words of the inventory: what the method returns,
/// but for those methods that return something other than the body.
fn returned(method: &str, methods: &BTreeMap<String, Value>) -> Option<String> {
    let body = match method {
        "create_app" => "Application",
        "log_in" | "create_account" => "Token",
        "status_card" => "Status",
        "suggestions" => "list<Suggestion>",
        "notifications_merged"
        | "unread_grouped_notifications_count"
        | "get_async_refresh_status" => return None,
        "oauth_authorization_server_info" => "OAuthServerInfo",
        _ => methods[method]["returns"].as_str()?,
    };
    Some(body.to_owned())
}

/// Checks an answer as what it is: `Account`, `list<Status>`, `map<Marker>`, or one of several
/// divided by bars.
fn check_as(returns: &str, answer: &Value, path: &str, source: &str, failures: &mut Failures) {
    let one = match returns {
        "InstanceV2|Instance" if path.contains("/v2/") => "InstanceV2",
        "InstanceV2|Instance" => "Instance",
        "Search|SearchV2" if path.contains("/v2/") => "SearchV2",
        "Search|SearchV2" => "Search",
        "Status|ScheduledStatus" if answer.get("params").is_some() => "ScheduledStatus",
        "Status|ScheduledStatus" => "Status",
        "list<Status>|list<Notification>" if answer[0].get("content").is_some() => "list<Status>",
        "list<Status>|list<Notification>" => "list<Notification>",
        _ => match returns.split_once('|') {
            Some((list, one)) => {
                if answer.is_array() {
                    list
                } else {
                    one
                }
            }
            None => returns,
        },
    };
    let inside = |wrapper| {
        one.strip_prefix(wrapper)
            .and_then(|rest: &str| rest.strip_suffix('>'))
    };
    let entity = inside("list<").or(inside("map<")).unwrap_or(one);
    if !ENTITIES.contains_key(entity) {
        // A method that answers a string, a number or lists of them.
        return;
    }
    match (answer, inside("list<"), inside("map<")) {
        (Value::Array(items), Some(_), _) => {
            for item in items {
                failures.check(entity, item, source);
            }
        }
        (Value::Object(items), _, Some(_)) => {
            for item in items.values() {
                failures.check(entity, item, source);
            }
        }
        (_, None, None) => failures.check(entity, answer, source),
        _ => failures.add(format!("{returns}: {answer}"), source),
    }
}

#[test]
fn absent_null_and_value_are_three_states() {
    for (json, discoverable) in [
        (r#"{"language":null}"#, None),
        (r#"{"language":null,"discoverable":null}"#, Some(None)),
        (r#"{"language":null,"discoverable":true}"#, Some(Some(true))),
    ] {
        let mut json: Value = serde_json::from_str(json).unwrap();
        let rest = CredentialAccountSource::default();
        for (key, value) in serde_json::to_value(rest).unwrap().as_object().unwrap() {
            json[key] = value.clone();
        }
        let source = CredentialAccountSource::deserialize(&json).unwrap();
        assert_eq!(source.discoverable, discoverable);
        assert_eq!(source.language, None);
        assert_eq!(serde_json::to_value(source).unwrap(), json);
    }
}

#[test]
fn what_a_declaration_does_not_allow_is_refused() {
    let good = json!({ "name": "a", "url": "https://a.example/tags/a" });
    assert!(Tag::deserialize(&good).is_ok());
    for bad in [
        json!({ "name": "a" }),
        json!({ "name": null, "url": "https://a.example/tags/a" }),
        json!({ "name": "a", "url": "https://a.example/tags/a", "following": null }),
        json!({ "name": "a", "url": "https://a.example/tags/a", "following": "yes" }),
    ] {
        assert!(Tag::deserialize(&bad).is_err(), "{bad}");
    }
    assert!(
        AccountField::deserialize(&json!({ "name": "a", "value": "b" })).is_ok(),
        "a key that may be absent"
    );
    assert!(
        ProfileField::deserialize(&json!({ "name": "a", "value": "b" })).is_err(),
        "a key that may be null and must be there"
    );
}

#[test]
fn names_that_are_not_known_are_kept() {
    for name in ["unlisted", "some_later_name"] {
        let visibility = StatusVisibility::deserialize(&json!(name)).unwrap();
        assert_eq!(visibility.as_str(), name);
        assert_eq!(serde_json::to_value(visibility).unwrap(), json!(name));
    }
    assert_eq!(
        StatusVisibility::from("unlisted"),
        StatusVisibility::Unlisted
    );
}

#[test]
fn fields_that_are_not_known_are_kept() {
    let fork = json!({
        "text": "a", "null": null, "flag": true, "list": [1, -1, 0.5, { "deep": [] }],
        "large": u64::MAX, "small": i64::MIN,
    });
    let mut count = 0;
    for (name, entity) in &*ENTITIES {
        let mut json = (entity.default)();
        let Some(fields) = json.as_object_mut() else {
            continue;
        };
        fields.insert("of_a_fork".to_owned(), fork.clone());
        fields.insert("other".to_owned(), json!("a field of that name"));
        let (again, debug) = (entity.round_trip)(&json).unwrap();
        assert_eq!(again, json, "{name}");
        let known = *name == "NodeinfoMetadata";
        assert_eq!(unknown(&debug).is_empty(), known, "{debug}");
        count += 1;
    }
    assert!(count > 100, "{count} entities");

    // At any depth, beside names that are not known and fields of three states; a boost in its box too.
    let mut status = serde_json::to_value(Status::default()).unwrap();
    status["account"]["of_a_fork"] = fork.clone();
    status["visibility"] = json!("circle");
    status["card"] = json!(null);
    let mut boost = status.clone();
    boost["reblog"] = status;
    let read = Status::deserialize(&boost).unwrap();
    assert_eq!(
        read.visibility,
        StatusVisibility::Other("circle".to_owned())
    );
    assert_eq!(read.card, Some(None));
    assert_eq!(read.poll, None);
    assert!(read.other.is_empty());
    let boosted = read.reblog.as_ref().unwrap();
    assert_eq!(boosted.account.other["of_a_fork"], fork);
    assert_eq!(serde_json::to_value(&read).unwrap(), boost);
    // From text as well, and by the field's own name where Rust has another.
    let text = serde_json::to_string(&boost).unwrap();
    assert_eq!(serde_json::from_str::<Status>(&text).unwrap(), read);
}

#[test]
fn names_that_are_not_known_are_kept_in_every_union() {
    let mut notification = serde_json::to_value(Notification::default()).unwrap();
    notification["type"] = json!("emoji_reaction");
    notification["emoji"] = json!("\u{1f600}");
    let read = Notification::deserialize(&notification).unwrap();
    assert_eq!(read.r#type.as_str(), "emoji_reaction");
    assert_eq!(read.other["emoji"], "\u{1f600}");
    assert_eq!(serde_json::to_value(read).unwrap(), notification);
}
