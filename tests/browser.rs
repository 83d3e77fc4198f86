//! The checking of arguments in a real browser: what it looks at are the platform's own values, files,
//! signals, dates, proxies. What is sent of them is tested with the package (tests/package).
#![cfg(target_arch = "wasm32")]

use js_sys::{Array, Function, JSON, Map, Object, Reflect};
use mastodon_wasm::params::{nearest, parameters};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/src/params/check.js")]
extern "C" {
    #[wasm_bindgen(js_name = parameters)]
    fn known(flat: &Array, nearest: &JsValue) -> JsValue;
    #[wasm_bindgen(catch)]
    fn check(row: &Object, values: &Array) -> Result<Map, JsValue>;
}

/// What JavaScript gives.
fn js(code: &str) -> JsValue {
    Function::new_no_args(&["return ", code].concat())
        .call0(&JsValue::NULL)
        .unwrap()
}

fn text(value: &JsValue, name: &str) -> String {
    Reflect::get(value, &name.into())
        .unwrap()
        .as_string()
        .unwrap_or_default()
}

/// Checks options against a table; gives names, names on the wire where they are others, and values, as
/// JSON.
fn checked(table: &str, options: &str) -> Result<String, JsValue> {
    checked_as(table, options, false)
}

fn checked_as(table: &str, options: &str, loose: bool) -> Result<String, JsValue> {
    let near =
        Closure::<dyn Fn(String, String) -> Option<String>>::new(|typed: String, names: String| {
            nearest(&typed, &names)
        })
        .into_js_value();
    let row = Object::new();
    for (name, value) in [
        ("required", known(&parameters(""), &near)),
        ("options", known(&parameters(table), &near)),
        ("loose", loose.into()),
        ("nearest", near),
    ] {
        Reflect::set(&row, &name.into(), &value).unwrap();
    }
    let given = check(&row, &Array::of1(&js(options)))?;
    let flat = js(
        "(given) => [...given].flatMap(([name, [wire, value]]) => [name, wire === name ? null : wire, value])",
    );
    let flat = Function::from(flat).call1(&JsValue::NULL, &given).unwrap();
    Ok(JSON::stringify(&flat).unwrap().into())
}

#[wasm_bindgen_test]
fn what_fits_is_taken_as_it_goes_out() {
    for (table, options, flat) in [
        ("a", "undefined", "[]"),
        ("limitE", "null", "[]"),
        ("limitE", "({ limit: null })", "[]"),
        ("limitE", "({ limit: 0 })", r#"["limit",null,0]"#),
        ("idA", "({ id: '1' })", r#"["id",null,"1"]"#),
        ("idA=of", "({ id: { id: 7 } })", r#"["id","of","7"]"#),
        (
            "idA",
            "({ id: 113910000000000000n })",
            r#"["id",null,"113910000000000000"]"#,
        ),
        (
            "max_idB",
            "({ max_id: new Date(1000) })",
            r#"["max_id",null,"65536000"]"#,
        ),
        (
            "atI",
            "({ at: new Date(0) })",
            r#"["at",null,"1970-01-01T00:00:00.000Z"]"#,
        ),
        (
            "dayJ",
            "({ day: new Date(0) })",
            r#"["day",null,"1970-01-01"]"#,
        ),
        (
            "idsTA",
            "({ ids: ['1', { id: '2' }] })",
            r#"["ids",null,["1","2"]]"#,
        ),
        ("idsTA", "({ ids: 3 })", r#"["ids",null,["3"]]"#),
        (
            "focusG",
            "({ focus: [-0.5, 1] })",
            r#"["focus",null,"-0.5,1"]"#,
        ),
        ("whoR(me,you)", "({ who: 'you' })", r#"["who",null,"you"]"#),
        (
            "pollS(optionsTD,for_sE=for)",
            "({ poll: { options: ['a'], for_s: 60 } })",
            r#"["poll",null,{"options":["a"],"for":60}]"#,
        ),
        (
            "fieldsL",
            "({ fields: [['a', 'b']] })",
            r#"["fields",null,{"0":{"name":"a","value":"b"}}]"#,
        ),
        (
            "fileK=",
            "({ file: new Uint8Array(1) })",
            r#"["file","",{"0":0}]"#,
        ),
        (
            "fileK",
            "({ file: new Blob(['x']) })",
            r#"["file",null,{}]"#,
        ),
        (
            "signalM",
            "({ signal: new AbortController().signal })",
            r#"["signal",null,{}]"#,
        ),
    ] {
        assert_eq!(
            checked(table, options).ok().as_deref(),
            Some(flat),
            "{options}"
        );
    }
}

/// What a refusal says: the parameter, what it must be, the option that there is none of, the one that
/// is near it, and the object that all this is in.
fn said(refusal: &JsValue) -> [String; 5] {
    ["name", "expected", "unknown", "near", "within"].map(|part| text(refusal, part))
}

#[wasm_bindgen_test]
fn what_does_not_fit_is_refused_by_name() {
    for (table, options, name, expected) in [
        ("limitE", "({ limit: -1 })", "limit", "a whole number"),
        ("limitE", "({ limit: 1.5 })", "limit", "a whole number"),
        ("idA", "({ id: ' ' })", "id", "an id"),
        ("idA", "({ id: '..' })", "id", "an id"),
        ("idA", "({ id: 9007199254740993 })", "id", "an id"),
        ("idsTA", "({ ids: ['1', ''] })", "ids", "an id"),
        ("atI", "({ at: new Date(NaN) })", "at", "a Date"),
        ("onH", "({ on: 'yes' })", "on", "true or false"),
        ("forN", "({ for: 0 })", "for", "a number of seconds"),
        ("signalM", "({ signal: {} })", "signal", "an AbortSignal"),
        ("tagC", "({ tag: '#a' })", "tag", "a hashtag without its #"),
        ("whoR(me,you)", "({ who: 'us' })", "who", "one of me, you"),
        ("editsTS(idA)", "({ edits: [null] })", "edits", "an object"),
        (
            "fieldsL",
            "({ fields: Array(2) })",
            "fields",
            "a list of [name, value]",
        ),
        ("a", "[]", "", "an object"),
        ("a", "7", "", "an object"),
        ("a", "Symbol()", "", "an object"),
    ] {
        let [of, must, unknown, ..] = said(&checked(table, options).unwrap_err());
        assert_eq!((of.as_str(), unknown.as_str()), (name, ""), "{options}");
        assert!(must.starts_with(expected), "{options}: {must}");
    }
    for (table, options, expected) in [
        ("limitE", "({ limt: 1 })", ["limt", "limit", ""]),
        ("limitE", "({ x: 1 })", ["x", "", ""]),
        ("limitE 2", "({ timout: 1 })", ["timout", "timeout", ""]),
        (
            "pollS(optionsTD)",
            "({ poll: { optoins: [] } })",
            ["optoins", "options", "poll"],
        ),
    ] {
        let [_, _, unknown, near, within] = said(&checked(table, options).unwrap_err());
        assert_eq!([unknown, near, within], expected, "{options}");
    }
    let inner = checked("pollS(forE)", "({ poll: { for: 'ever' } })").unwrap_err();
    let [name, .., within] = said(&inner);
    assert_eq!([name, within], ["for", "poll"]);
}

#[wasm_bindgen_test]
fn what_the_callers_own_code_throws_is_the_cause() {
    for options in [
        "({ get limit() { throw new RangeError('mine'); } })",
        "({ id: { get id() { throw new RangeError('mine'); } } })",
        "new Proxy({}, { ownKeys() { throw new RangeError('mine'); } })",
    ] {
        let refusal = checked("limitE idA", options).unwrap_err();
        let cause = Reflect::get(&refusal, &"cause".into()).unwrap();
        assert_eq!(text(&cause, "message"), "mine", "{options}");
    }
    let revoked = "(({ proxy, revoke }) => (revoke(), PROXY))(Proxy.revocable([], {}))";
    for place in ["proxy", "({ limit: proxy })", "({ ids: proxy })"] {
        let refusal = checked("limitE idsTA", &revoked.replace("PROXY", place)).unwrap_err();
        let [_, expected, ..] = said(&refusal);
        let threw = Reflect::get(&refusal, &"threw".into()).unwrap();
        assert!(threw.is_truthy() || !expected.is_empty(), "{place}");
    }
    // The module is none the worse.
    assert!(checked("limitE", "({ limit: 1 })").is_ok());
}

#[wasm_bindgen_test]
fn somebody_elses_options_pass_where_they_may() {
    assert_eq!(
        checked_as("limitE", "({ vapid_key: 'x', limit: 1 })", true).unwrap(),
        r#"["limit",null,1]"#
    );
    assert!(checked_as("limitE", "({ limits: 1 })", true).is_err());
}
