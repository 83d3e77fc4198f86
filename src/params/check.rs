//! The one function that looks into what a caller passed.

use super::suggest::nearest;
use super::{Given, Kind, Value};
use crate::error::{Kind as ErrorKind, error, refused, with_cause};
use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/params/check.js")]
extern "C" {
    // Getters and proxies are the caller's code: what they throw must be caught.
    #[wasm_bindgen(catch)]
    fn entries(object: &JsValue) -> Result<Array, JsValue>;
    #[wasm_bindgen(catch)]
    fn id(value: &JsValue) -> Result<Option<String>, JsValue>;
    #[wasm_bindgen(catch, js_name = timelineId)]
    fn timeline_id(value: &JsValue) -> Result<Option<String>, JsValue>;
    #[wasm_bindgen(catch)]
    fn time(value: &JsValue) -> Result<Option<String>, JsValue>;
    #[wasm_bindgen(catch)]
    fn floats(value: &JsValue) -> Result<Option<String>, JsValue>;
    #[wasm_bindgen(catch)]
    fn pairs(value: &JsValue) -> Result<Option<Array>, JsValue>;
    #[wasm_bindgen(catch)]
    fn list(value: &JsValue) -> Result<Array, JsValue>;
    #[wasm_bindgen(catch, js_name = isFile)]
    fn is_file(value: &JsValue) -> Result<bool, JsValue>;
    #[wasm_bindgen(catch, js_name = isSignal)]
    fn is_signal(value: &JsValue) -> Result<bool, JsValue>;
    /// Whether a value is an object that can hold options.
    #[wasm_bindgen(js_name = isRecord)]
    pub fn is_record(value: &JsValue) -> bool;
}

#[wasm_bindgen]
extern "C" {
    /// How the platform prints a number: exact, short, and no kilobytes of code of our own.
    #[wasm_bindgen(js_name = String)]
    pub fn print(value: &JsValue) -> String;
}

/// The checked parameters of one call.
#[derive(Debug, Default)]
pub struct Arguments(Vec<Checked>);

#[derive(Debug)]
struct Checked {
    name: &'static str,
    wire: &'static str,
    value: Value,
}

impl Arguments {
    /// The value of a parameter by its JavaScript name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0
            .iter()
            .find(|checked| checked.name == name)
            .map(|checked| &checked.value)
    }

    /// Takes a parameter out, so that it is not sent.
    #[inline(never)]
    pub fn take(&mut self, name: &str) -> Option<Value> {
        let at = self.0.iter().position(|checked| checked.name == name)?;
        Some(self.0.remove(at).value)
    }

    /// The same for what stays a JavaScript value: a file, a signal, a function.
    #[inline(never)]
    pub fn take_js(&mut self, name: &str) -> Option<JsValue> {
        match self.take(name)? {
            Value::Js(value) => Some(value),
            _ => None,
        }
    }

    /// The same for a string or a number.
    #[inline(never)]
    pub fn take_text(&mut self, name: &str) -> Option<String> {
        match self.take(name)? {
            Value::Text(text) | Value::Number(text) => Some(text),
            _ => None,
        }
    }

    /// Takes a flag out; one that was not given is false.
    pub fn take_flag(&mut self, name: &str) -> bool {
        matches!(self.take(name), Some(Value::Bool(true)))
    }

    /// Adds a value under a JavaScript name and a wire name.
    pub fn push(&mut self, name: &'static str, wire: &'static str, value: Value) {
        self.0.push(Checked { name, wire, value });
    }

    /// Whether anything goes out under a wire name.
    pub fn sends(&self, wire: &str) -> bool {
        self.0.iter().any(|checked| checked.wire == wire)
    }

    /// What goes into the request, under the names of the wire.
    pub fn into_pairs(self) -> Vec<(String, Value)> {
        let mut pairs = Vec::new();
        for checked in self.0 {
            if !checked.wire.is_empty() {
                pairs.push((checked.wire.to_owned(), checked.value));
            }
        }
        pairs
    }
}

/// What to do with a name that no row of a table has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// It is a typing error.
    Refuse,
    /// It is one where it is nearly a name of ours; else it belongs to somebody else.
    Pass,
}

/// Checks an options object against its table. What is `undefined` or `null` was not given.
pub fn check_options(method: &str, given: &Given, out: &mut Arguments) -> Result<(), JsValue> {
    check_record(method, "options", given, Unknown::Refuse, out)
}

/// The same for any object; `name` is what the caller knows it by.
pub fn check_record(
    method: &str,
    name: &str,
    given: &Given,
    unknown: Unknown,
    out: &mut Arguments,
) -> Result<(), JsValue> {
    if given.value.is_undefined() || given.value.is_null() {
        return Ok(());
    }
    if !is_record(&given.value) {
        return Err(refused(method, name, "an object", &given.value));
    }
    let entries = entries(&given.value).map_err(|cause| threw(method, name, &cause))?;
    let mut at = 0;
    while at < entries.length() {
        let (key, value) = (
            entries.get(at).as_string().unwrap_or_default(),
            entries.get(at + 1),
        );
        at += 2;
        if let Some(param) = given.table.iter().find(|param| param.name == key) {
            out.push(
                param.name,
                param.wire,
                check(method, param.name, &param.kind, &value)?,
            );
            continue;
        }
        let near = nearest(&key, given.table.iter().map(|param| param.name));
        if unknown == Unknown::Refuse || near.is_some() {
            let (hint, end) = if near.is_some() {
                ("; did you mean `", "`?")
            } else {
                ("", "")
            };
            let message = [
                "unknown option `",
                &key,
                "` for ",
                method,
                hint,
                near.unwrap_or(""),
                end,
            ];
            return Err(error(ErrorKind::IllegalArgument, &message.concat()));
        }
    }
    Ok(())
}

fn threw(method: &str, name: &str, cause: &JsValue) -> JsValue {
    let message = [
        method,
        ": `",
        name,
        "` could not be read: an accessor of it threw",
    ];
    with_cause(ErrorKind::IllegalArgument, &message.concat(), cause)
}

/// Why a value is refused.
enum Refusal {
    /// It is not what it must be.
    Expected(&'static str),
    /// It is none of these.
    OneOf(&'static [&'static str]),
    /// Something in it was refused.
    Within(JsValue),
    /// An accessor of it threw.
    Threw(JsValue),
}

impl From<JsValue> for Refusal {
    fn from(thrown: JsValue) -> Self {
        Self::Threw(thrown)
    }
}

/// Checks one value. `name` is the parameter's, for the message.
pub fn check(method: &str, name: &str, kind: &Kind, value: &JsValue) -> Result<Value, JsValue> {
    look(method, name, kind, value).map_err(|refusal| match refusal {
        Refusal::Expected(expected) => refused(method, name, expected, value),
        Refusal::OneOf(allowed) => refused(
            method,
            name,
            &["one of ", &allowed.join(", ")].concat(),
            value,
        ),
        Refusal::Within(error) => error,
        Refusal::Threw(cause) => threw(method, name, &cause),
    })
}

fn look(method: &str, name: &str, kind: &Kind, value: &JsValue) -> Result<Value, Refusal> {
    use Refusal::Expected;
    let found = |text: Option<String>, expected| text.map(Value::Text).ok_or(Expected(expected));
    let kept = |fits: bool, expected| {
        if fits {
            Ok(Value::Js(value.clone()))
        } else {
            Err(Expected(expected))
        }
    };
    let each = |kind: &Kind| {
        let mut items = Vec::new();
        for item in list(value)?.iter() {
            items.push(check(method, name, kind, &item).map_err(Refusal::Within)?);
        }
        Ok(Value::List(items))
    };
    let number = value.as_f64().unwrap_or(f64::NAN);
    match kind {
        Kind::Id => found(
            id(value)?,
            "an id: a string that is not empty, a safe integer, or something with an `id`",
        ),
        Kind::TimelineId => found(
            timeline_id(value)?,
            "an id (a string that is not empty, a safe integer, or something with an `id`) or a valid Date",
        ),
        // Servers take the sign for a part of the name.
        Kind::Hashtag => found(
            value.as_string().filter(|tag| !tag.starts_with('#')),
            "a hashtag without its #",
        ),
        Kind::Text => found(value.as_string(), "a string"),
        Kind::Time => found(time(value)?, "a Date or a string in ISO 8601"),
        // Both spellings start with year, month and day.
        Kind::Day => found(
            time(value)?.map(|text| text.chars().take(10).collect()),
            "a Date or a string like 2026-01-31",
        ),
        Kind::Floats => found(floats(value)?, "a pair of finite numbers"),
        Kind::Int
            if (0.0..=js_sys::Number::MAX_SAFE_INTEGER).contains(&number)
                && number.fract() == 0.0 =>
        {
            Ok(Value::Number(print(value)))
        }
        Kind::Int => Err(Expected("a whole number, 0 or more")),
        Kind::Float if number.is_finite() => Ok(Value::Number(print(value))),
        Kind::Float => Err(Expected("a finite number")),
        Kind::Bool => value
            .as_bool()
            .map(Value::Bool)
            .ok_or(Expected("true or false")),
        Kind::Seconds => kept(
            number.is_finite() && number > 0.0,
            "a number of seconds, finite and above 0",
        ),
        Kind::File => kept(is_file(value)?, "a Blob, File, ArrayBuffer or typed array"),
        Kind::Signal => kept(is_signal(value)?, "an AbortSignal"),
        Kind::Function => kept(value.is_function(), "a function"),
        Kind::Object => kept(value.is_object() || value.is_function(), "an object"),
        Kind::Anything => Ok(Value::Js(value.clone())),
        Kind::OneOf(allowed) => value
            .as_string()
            .filter(|text| allowed.contains(&text.as_str()))
            .map(Value::Text)
            .ok_or(Refusal::OneOf(allowed)),
        Kind::Ids => each(&Kind::Id),
        Kind::Texts => each(&Kind::Text),
        Kind::Ints => each(&Kind::Int),
        Kind::ManyOf(allowed) => each(&Kind::OneOf(allowed)),
        Kind::Records(table) => each(&Kind::Record(table)),
        Kind::Record(table) => {
            let mut inner = Arguments::default();
            let given = Given {
                table,
                value: value.clone(),
            };
            let at = [method, "'s `", name, "`"].concat();
            check_record(&at, name, &given, Unknown::Refuse, &mut inner)
                .map_err(Refusal::Within)?;
            Ok(Value::Map(inner.into_pairs()))
        }
        Kind::Pairs => {
            let cells = pairs(value)?.ok_or(Expected("a list of [name, value]"))?;
            let mut rows = Vec::new();
            let mut at = 0;
            while at < cells.length() {
                let cell = |name: &str, at| {
                    (
                        name.to_owned(),
                        Value::Text(cells.get(at).as_string().unwrap_or_default()),
                    )
                };
                rows.push((
                    print(&(at / 2).into()),
                    Value::Map(vec![cell("name", at), cell("value", at + 1)]),
                ));
                at += 2;
            }
            Ok(Value::Map(rows))
        }
    }
}
