//! The checking of arguments in a real browser: what it looks at are the platform's own values, files,
//! signals, dates, proxies. What is sent of them is tested with the package (tests/package).
#![cfg(target_arch = "wasm32")]

use js_sys::{Array, Function, JSON, Reflect};
use mastodon_wasm::params::check;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

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

/// Checks options against a table; gives names, names on the wire and values, as JSON.
fn checked(table: &str, options: &str) -> Result<String, JsValue> {
    let values = Array::of1(&js(options));
    let flat = check("method", "", table, false, &values)?;
    Ok(JSON::stringify(&flat).unwrap().into())
}

#[wasm_bindgen_test]
fn what_fits_is_taken_as_it_goes_out() {
    for (table, options, flat) in [
        ("a", "undefined", "[]"),
        ("limitE", "null", "[]"),
        ("limitE", "({ limit: null })", "[]"),
        ("limitE", "({ limit: 0 })", r#"["limit","limit",0]"#),
        ("idA", "({ id: '1' })", r#"["id","id","1"]"#),
        ("idA=of", "({ id: { id: 7 } })", r#"["id","of","7"]"#),
        (
            "idA",
            "({ id: 113910000000000000n })",
            r#"["id","id","113910000000000000"]"#,
        ),
        (
            "max_idB",
            "({ max_id: new Date(1000) })",
            r#"["max_id","max_id","65536000"]"#,
        ),
        (
            "atI",
            "({ at: new Date(0) })",
            r#"["at","at","1970-01-01T00:00:00.000Z"]"#,
        ),
        (
            "dayJ",
            "({ day: new Date(0) })",
            r#"["day","day","1970-01-01"]"#,
        ),
        (
            "idsTA",
            "({ ids: ['1', { id: '2' }] })",
            r#"["ids","ids",["1","2"]]"#,
        ),
        ("idsTA", "({ ids: 3 })", r#"["ids","ids",["3"]]"#),
        (
            "focusG",
            "({ focus: [-0.5, 1] })",
            r#"["focus","focus","-0.5,1"]"#,
        ),
        ("whoR(me,you)", "({ who: 'you' })", r#"["who","who","you"]"#),
        (
            "pollS(optionsTD,for_sE=for)",
            "({ poll: { options: ['a'], for_s: 60 } })",
            r#"["poll","poll",{"options":["a"],"for":60}]"#,
        ),
        (
            "fieldsL",
            "({ fields: [['a', 'b']] })",
            r#"["fields","fields",{"0":{"name":"a","value":"b"}}]"#,
        ),
        (
            "fileK=",
            "({ file: new Uint8Array(1) })",
            r#"["file","",{"0":0}]"#,
        ),
        (
            "fileK",
            "({ file: new Blob(['x']) })",
            r#"["file","file",{}]"#,
        ),
        (
            "signalM",
            "({ signal: new AbortController().signal })",
            r#"["signal","signal",{}]"#,
        ),
    ] {
        assert_eq!(
            checked(table, options).ok().as_deref(),
            Some(flat),
            "{options}"
        );
    }
}

#[wasm_bindgen_test]
fn what_does_not_fit_is_refused_by_name() {
    for (table, options, said) in [
        (
            "limitE",
            "({ limt: 1 })",
            "unknown option `limt` for method; did you mean `limit`?",
        ),
        ("limitE", "({ x: 1 })", "unknown option `x` for method"),
        (
            "limitE",
            "({ limit: -1 })",
            "`limit` must be a whole number",
        ),
        (
            "limitE",
            "({ limit: 1.5 })",
            "`limit` must be a whole number",
        ),
        ("idA", "({ id: ' ' })", "`id` must be an id"),
        ("idA", "({ id: '..' })", "`id` must be an id"),
        ("idA", "({ id: 9007199254740993 })", "`id` must be an id"),
        ("idsTA", "({ ids: ['1', ''] })", "`ids` must be an id"),
        ("atI", "({ at: new Date(NaN) })", "`at` must be a Date"),
        ("onH", "({ on: 'yes' })", "`on` must be true or false"),
        ("forN", "({ for: 0 })", "`for` must be a number of seconds"),
        (
            "signalM",
            "({ signal: {} })",
            "`signal` must be an AbortSignal",
        ),
        (
            "tagC",
            "({ tag: '#a' })",
            "`tag` must be a hashtag without its #",
        ),
        (
            "whoR(me,you)",
            "({ who: 'us' })",
            "`who` must be one of me, you, got \"us\"",
        ),
        (
            "pollS(optionsTD)",
            "({ poll: { optoins: [] } })",
            "unknown option `optoins` for method's `poll`; did you mean `options`?",
        ),
        (
            "editsTS(idA)",
            "({ edits: [null] })",
            "`edits` must be an object",
        ),
        (
            "fieldsL",
            "({ fields: Array(2) })",
            "`fields` must be a list of [name, value]",
        ),
        ("a", "[]", "`options` must be an object"),
        ("a", "7", "`options` must be an object"),
        ("a", "Symbol()", "`options` must be an object"),
    ] {
        let error = checked(table, options).unwrap_err();
        let message = text(&error, "message");
        assert_eq!(
            text(&error, "name"),
            "MastodonIllegalArgumentError",
            "{options}"
        );
        assert!(message.contains(said), "{options}: {message}");
        assert!(error.is_instance_of::<js_sys::Error>());
    }
}

#[wasm_bindgen_test]
fn what_the_callers_own_code_throws_is_the_cause() {
    for options in [
        "({ get limit() { throw new RangeError('mine'); } })",
        "({ id: { get id() { throw new RangeError('mine'); } } })",
        "new Proxy({}, { ownKeys() { throw new RangeError('mine'); } })",
    ] {
        let error = checked("limitE idA", options).unwrap_err();
        assert_eq!(text(&error, "name"), "MastodonIllegalArgumentError");
        let cause = Reflect::get(&error, &"cause".into()).unwrap();
        assert_eq!(text(&cause, "message"), "mine", "{options}");
    }
    let revoked = "(({ proxy, revoke }) => (revoke(), PROXY))(Proxy.revocable([], {}))";
    for place in ["proxy", "{ limit: proxy }", "{ ids: proxy }"] {
        let options = revoked.replace("PROXY", place);
        let options = if place.starts_with('{') {
            revoked.replace("PROXY", &["(", place, ")"].concat())
        } else {
            options
        };
        let error = checked("limitE idsTA", &options).unwrap_err();
        assert_eq!(
            text(&error, "name"),
            "MastodonIllegalArgumentError",
            "{place}"
        );
    }
    // The module is none the worse.
    assert!(checked("limitE", "({ limit: 1 })").is_ok());
}

#[wasm_bindgen_test]
fn somebody_elses_options_pass_where_they_may() {
    let values = Array::of1(&js("({ vapid_key: 'x', limit: 1 })"));
    let flat = check("method", "", "limitE", true, &values).unwrap();
    assert_eq!(JSON::stringify(&flat).unwrap(), r#"["limit","limit",1]"#);
    let values = Array::of1(&js("({ limits: 1 })"));
    assert!(check("method", "", "limitE", true, &values).is_err());
}
