//! Reads the caller's arguments once, immediately: the caller may change them afterwards.

use super::Scalar;
use super::suggest::nearest;
use super::table::{CLOSED, OPEN, Parameters, RECORD, Row as Parameter, parts};
use crate::error::Error;
use crate::js::{self, Name};
use crate::text;
use js_sys::{Array, ArrayBuffer, JsString, Object};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A caller's `Date`, whose class may override these methods.
    #[wasm_bindgen(js_name = Date)]
    type Date;
    #[wasm_bindgen(method, structural, catch, js_name = getTime)]
    fn time(this: &Date) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = toISOString)]
    fn iso(this: &Date) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = Array, js_name = from, catch)]
    fn array_from(value: &JsValue) -> Result<Array, JsValue>;
    #[wasm_bindgen(js_name = BigInt)]
    fn big_int(value: f64) -> JsValue;
}

/// A checked argument.
#[derive(Clone, Debug)]
pub struct Argument {
    /// Its name in JavaScript.
    pub name: &'static str,
    /// Its name in the request; empty if it is not sent.
    pub wire: &'static str,
    /// The checked value.
    pub value: JsValue,
}

/// Checks the arguments of a call: the positional ones and the options object in `values`. `undefined` counts
/// as absent, and so does `null`, unless the parameter can be null.
///
/// # Errors
/// The first invalid argument.
#[inline(never)]
pub fn check(
    method: &str,
    required: &[Parameter<'static>],
    options: &Parameters,
    allow_unknown: bool,
    values: &Array,
) -> Result<Vec<Argument>, Error> {
    let mut given = Vec::new();
    let mut at = 0;
    for parameter in required {
        let value = values.get(at);
        if value.is_null() && parameter.nullable {
            given.push(argument(parameter, value));
        } else {
            read(method, parameter, &value, &mut given)?;
        }
        at += 1;
    }
    let given_options = values.get(at);
    if !js::is_nothing(&given_options) {
        each(method, options, &given_options, allow_unknown, &mut given)?;
    }
    Ok(given)
}

/// Checks the entries of an options object.
#[inline(never)]
fn each(
    method: &str,
    known: &Parameters,
    object: &JsValue,
    allow_unknown: bool,
    given: &mut Vec<Argument>,
) -> Result<(), Error> {
    const OPTIONS: &str = "options";
    let unreadable = |cause| Error::unreadable(method, OPTIONS, cause);
    if !object.is_object() || js::caller_is_array(object).map_err(unreadable)? {
        return Err(Error::invalid_argument(
            method,
            OPTIONS,
            "an object",
            object,
        ));
    }
    let entries = js::caller_entries(object).map_err(unreadable)?;
    for at in 0..entries.length() {
        let entry = entries.get(at);
        let entry: &Array = entry.unchecked_ref();
        let (name, value) = (entry.get(0), entry.get(1));
        if value.is_undefined() {
            continue;
        }
        match known.get(&name) {
            Some(parameter) if value.is_null() => {
                if parameter.nullable {
                    given.push(argument(parameter, value));
                }
            }
            Some(parameter) => read(method, parameter, &value, given)?,
            None if value.is_null() && allow_unknown => {}
            None => unknown(method, known, &name, allow_unknown)?,
        }
    }
    Ok(())
}

/// The longest name that appears in a message.
const NAME_SHOWN: u32 = 60;

/// Rejects an unknown option. If unknown options are allowed, only one that looks like a misspelled name is
/// rejected.
fn unknown(method: &str, known: &Parameters, name: &JsValue, allow: bool) -> Result<(), Error> {
    let shown: String = name.unchecked_ref::<JsString>().slice(0, NAME_SHOWN).into();
    let near = nearest(
        &shown,
        &mut known.list.iter().map(|parameter| parameter.name),
    );
    if allow && near.is_none() {
        return Ok(());
    }
    let hint = near
        .map(|near| ["; did you mean `", near, "`?"].concat())
        .unwrap_or_default();
    Err(Error::new(
        crate::error::Class::IllegalArgument,
        &["unknown option `", &shown, "` for ", method, &hint],
    ))
}

fn argument(parameter: &Parameter<'static>, value: JsValue) -> Argument {
    Argument {
        name: parameter.name,
        wire: parameter.wire,
        value,
    }
}

#[inline(never)]
fn read(
    method: &str,
    parameter: &Parameter<'static>,
    value: &JsValue,
    given: &mut Vec<Argument>,
) -> Result<(), Error> {
    let unreadable = |cause| Error::unreadable(method, parameter.name, cause);
    let value = if parameter.list {
        let items = if js::caller_is_array(value).map_err(unreadable)? {
            array_from(value).map_err(unreadable)?
        } else {
            Array::of1(value)
        };
        let out = Array::new();
        for item in items.iter() {
            out.push(&one(method, parameter, &item)?);
        }
        out.into()
    } else {
        one(method, parameter, value)?
    };
    given.push(argument(parameter, value));
    Ok(())
}

/// Converts one value of a parameter into the form that is sent.
#[inline(never)]
fn one(method: &str, parameter: &Parameter<'static>, value: &JsValue) -> Result<JsValue, Error> {
    let refuse = |expected: &str| {
        Err(Error::invalid_argument(
            method,
            parameter.name,
            expected,
            value,
        ))
    };
    match parameter.kind {
        RECORD => {
            let within = [method, "'s `", parameter.name, "`"].concat();
            let mut given = Vec::new();
            let known = Parameters::new(parts(parameter.inner));
            each(&within, &known, value, false, &mut given)?;
            let out = Object::new();
            for part in given {
                js::set(&out, part.wire, &part.value);
            }
            Ok(out.into())
        }
        OPEN | CLOSED => {
            let closed = parameter.kind == CLOSED;
            let Some(name) = value.as_string() else {
                return refuse(&["one of ", parameter.inner].concat());
            };
            let known = || text::parts(parameter.inner, b',');
            if known().any(|own| own == name) {
                return Ok(value.clone());
            }
            let near = nearest(&name, &mut known());
            match near {
                Some(near) if !closed => refuse(
                    &[
                        "one of ",
                        parameter.inner,
                        " (did you mean \"",
                        near,
                        "\"?)",
                    ]
                    .concat(),
                ),
                _ if closed => refuse(&["one of ", parameter.inner].concat()),
                // Forks have more names.
                _ => Ok(js::well_formed(value)),
            }
        }
        letter => match Scalar::of_letter(letter) {
            Some(kind) => scalar(method, parameter.name, kind, value),
            None => Ok(value.clone()),
        },
    }
}

/// Converts a single value into the form that is sent.
///
/// # Errors
/// The value is not valid.
#[inline(never)]
pub fn scalar(method: &str, name: &str, kind: Scalar, value: &JsValue) -> Result<JsValue, Error> {
    let expected = match convert(kind, value) {
        Ok(Some(value)) => return Ok(value),
        Ok(None) if matches!(kind, Scalar::Id | Scalar::TimelineId) && has_lost_digits(value) => {
            LOST_DIGITS
        }
        Ok(None) => kind.expected(),
        Err(cause) => return Err(Error::unreadable(method, name, cause)),
    };
    Err(Error::invalid_argument(method, name, expected, value))
}

/// The expected value in an error for an id that was rounded.
pub const LOST_DIGITS: &str = "an id without rounding: a number above 9007199254740991 is too large for JavaScript and has lost digits, pass ids as strings";

/// Whether a value (or its `id`) is a number that is too large to be exact.
pub fn has_lost_digits(value: &JsValue) -> bool {
    let id = if value.is_object() {
        js::caller_get(value, "id").unwrap_or_default()
    } else {
        value.clone()
    };
    id.as_f64().is_some_and(|number| {
        number.is_finite()
            && number > 0.0
            && !js::is_safe_integer(number)
            && number == number.trunc()
    })
}

/// Whether a value is a file or bytes.
pub fn is_file(value: &JsValue) -> bool {
    value.is_object()
        && (value.is_instance_of::<web_sys::Blob>()
            || value.is_instance_of::<ArrayBuffer>()
            || ArrayBuffer::is_view(value))
}

fn is_whole(value: &JsValue) -> bool {
    value
        .as_f64()
        .is_some_and(|number| number >= 0.0 && js::is_safe_integer(number))
}

fn is_finite(value: &JsValue) -> bool {
    value.as_f64().is_some_and(f64::is_finite)
}

/// A list of two values that both match, read only once.
fn pair(
    value: &JsValue,
    fits: fn(&JsValue) -> bool,
) -> Result<Option<(JsValue, JsValue)>, JsValue> {
    if !js::caller_is_array(value)? {
        return Ok(None);
    }
    let list = array_from(value)?;
    let (first, second) = (list.get(0), list.get(1));
    Ok((list.length() == 2 && fits(&first) && fits(&second)).then_some((first, second)))
}

/// The id in a value: the value itself, or its `id` property.
///
/// # Errors
/// The error that an accessor throws.
pub fn id(value: &JsValue) -> Result<Option<JsValue>, JsValue> {
    let id = if value.is_object() && !js::caller_is_array(value)? {
        js::caller_get(value, "id")?
    } else {
        value.clone()
    };
    if id.as_f64().is_some_and(|number| number < 0.0) {
        return Ok(None);
    }
    let Some(text) = js::id_text(&id) else {
        return Ok(None);
    };
    // No encoding protects these: URLs resolve `.` and `..` as path segments.
    let usable = !matches!(text.trim(), "" | "." | "..");
    Ok(usable.then(|| {
        if id.is_string() {
            js::well_formed(&id)
        } else {
            text.into()
        }
    }))
}

/// The time of a valid `Date`.
fn instant(value: &JsValue) -> Result<Option<f64>, JsValue> {
    if !value.is_instance_of::<Date>() {
        return Ok(None);
    }
    Ok(value
        .unchecked_ref::<Date>()
        .time()?
        .as_f64()
        .filter(|time| time.is_finite()))
}

/// A time in ISO 8601.
fn time(value: &JsValue) -> Result<Option<JsValue>, JsValue> {
    if value.is_instance_of::<Date>() {
        return Ok(match instant(value)? {
            Some(_) => Some(value.unchecked_ref::<Date>().iso()?).filter(JsValue::is_string),
            None => None,
        });
    }
    let Some(text) = value.as_string() else {
        return Ok(None);
    };
    let year = text.bytes().take_while(u8::is_ascii_digit).count() == 4
        && text.as_bytes().get(4) == Some(&b'-');
    Ok((year && !js::parse_date(&text).is_nan()).then(|| value.clone()))
}

/// A domain. Of a URL, its host.
fn domain(value: &JsValue) -> Option<JsValue> {
    let text = value.as_string()?;
    let text = text.trim();
    if !text::has(text, "://") {
        let usable = !text.is_empty() && !text.bytes().any(|byte| b"/@?# \\".contains(&byte));
        return usable.then(|| text.into());
    }
    let url = js::Url::new(text).ok()?;
    let bare = url.username().is_empty() && url.password().is_empty() && url.search().is_empty();
    let host = url.host();
    (bare && !host.is_empty() && url.pathname() == "/").then(|| host.into())
}

/// The fields of a profile, in the form that the server expects.
fn pairs(value: &JsValue) -> Result<Option<JsValue>, JsValue> {
    if !js::caller_is_array(value)? {
        return Ok(None);
    }
    let out = Object::new();
    let list = array_from(value)?;
    for at in 0..list.length() {
        let Some((name, value)) = pair(&list.get(at), JsValue::is_string)? else {
            return Ok(None);
        };
        let row = Object::new();
        js::set(&row, "name", &js::well_formed(&name));
        js::set(&row, Name::Value, &js::well_formed(&value));
        js::set(&out, js::integer_text(at).as_str(), &row);
    }
    Ok(Some(out.into()))
}

/// Converts a value of this kind into the form that is sent; `None` if it is not valid.
///
/// # Errors
/// The error that the caller's own code throws.
#[inline(never)]
pub fn convert(scalar: Scalar, value: &JsValue) -> Result<Option<JsValue>, JsValue> {
    let same = |fits: bool| Ok(fits.then(|| value.clone()));
    match scalar {
        Scalar::Id => id(value),
        Scalar::TimelineId => match instant(value)? {
            // The first id for this time: the lower 16 bits count within a millisecond.
            Some(time) => Ok(Some(
                js::primitive_text(&big_int((time.max(0.0).trunc()) * 65536.0)).into(),
            )),
            None if value.is_instance_of::<Date>() => Ok(None),
            None => id(value),
        },
        Scalar::Hashtag => {
            let fits = value.as_string().is_some_and(|tag| !tag.starts_with('#'));
            Ok(fits.then(|| js::well_formed(value)))
        }
        Scalar::Text => Ok(value.is_string().then(|| js::well_formed(value))),
        Scalar::Int => same(is_whole(value)),
        Scalar::Float => same(is_finite(value)),
        Scalar::Floats => Ok(pair(value, is_finite)?.map(|(first, second)| {
            [
                js::primitive_text(&first),
                ",".to_owned(),
                js::primitive_text(&second),
            ]
            .concat()
            .into()
        })),
        Scalar::Bool => same(value.as_bool().is_some()),
        Scalar::Time => time(value),
        // Both forms start with year, month and day.
        Scalar::Day => {
            Ok(time(value)?.map(|time| time.unchecked_ref::<JsString>().slice(0, 10).into()))
        }
        Scalar::File => same(is_file(value)),
        Scalar::Pairs => pairs(value),
        Scalar::Domain => Ok(domain(value)),
        // Recognized by its properties: a signal may come from a polyfill or from another realm.
        Scalar::Signal => same(
            value.is_object()
                && js::caller_get(value, "aborted")?.as_bool().is_some()
                && js::caller_get(value, "addEventListener")?.is_function(),
        ),
        Scalar::Seconds | Scalar::Factor => same(
            value
                .as_f64()
                .is_some_and(|number| number.is_finite() && number > 0.0),
        ),
        Scalar::Function => same(value.is_function()),
        Scalar::Object => same(value.is_object() || value.is_function()),
        Scalar::Anything => same(true),
    }
}
