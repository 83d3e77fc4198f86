//! The platform, as Rust sees it. Reading a JavaScript value here runs none of the caller's code, unless the
//! function's name says so.
//!
//! There are two kinds of objects. Those from `JSON.parse`, from this package and from the platform have no
//! accessors: reading them cannot throw, and [`get`] needs no `catch`. A caller's object may have getters or
//! be a proxy: only the `caller_…` functions read it.

mod url;

pub use url::Url;

use js_sys::{
    Array, ArrayBuffer, Function, JsString, Object, Promise, Reflect, Symbol, Uint8Array,
};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = JSON, js_name = parse, catch)]
    fn json_parse(text: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = JSON, js_name = stringify, catch)]
    fn json_stringify(value: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = String)]
    fn string_of(value: &JsValue) -> JsString;
    #[wasm_bindgen(js_name = encodeURIComponent)]
    fn encode_component(text: &JsValue) -> JsString;
    #[wasm_bindgen(js_namespace = Object, js_name = entries, catch)]
    fn object_entries(of: &JsValue) -> Result<Array, JsValue>;
    #[wasm_bindgen(js_namespace = Array, js_name = isArray, catch)]
    fn array_is_array(value: &JsValue) -> Result<bool, JsValue>;
    #[wasm_bindgen(js_namespace = Date, js_name = now)]
    fn date_now() -> f64;
    #[wasm_bindgen(js_namespace = Date, js_name = parse)]
    fn date_parse(text: &str) -> f64;
    #[wasm_bindgen(js_namespace = Math, js_name = random)]
    fn math_random() -> f64;

    type Any;
    #[wasm_bindgen(method, structural, indexing_getter)]
    fn at(this: &Any, key: &JsValue) -> JsValue;
    #[wasm_bindgen(method, structural, indexing_setter)]
    fn put(this: &Any, key: &JsValue, value: &JsValue);
    #[wasm_bindgen(method, structural, js_name = replaceAll)]
    fn replace_all(this: &Any, one: &JsValue, other: &JsValue) -> JsValue;
    #[wasm_bindgen(method, structural, js_name = toWellFormed)]
    fn well_formed(this: &Any) -> JsValue;
    #[wasm_bindgen(method, structural, js_name = replace)]
    fn replace_pattern(this: &Any, pattern: &JsValue, with: &JsValue) -> JsValue;

    /// A map for looking up JavaScript strings, without copying each into Rust.
    #[wasm_bindgen(js_name = Map)]
    pub type Names;
    #[wasm_bindgen(constructor, js_class = "Map")]
    fn new() -> Names;
    #[wasm_bindgen(method, structural, js_name = set)]
    fn insert(this: &Names, name: &JsValue, at: u32);
    #[wasm_bindgen(method, structural, js_name = get)]
    fn look_up(this: &Names, name: &JsValue) -> f64;

    #[wasm_bindgen(js_name = Uint8Array)]
    type Bytes;
    #[wasm_bindgen(constructor, js_class = "Uint8Array", catch)]
    fn new(buffer: &JsValue, offset: &JsValue, length: &JsValue) -> Result<Bytes, JsValue>;

    #[wasm_bindgen(js_name = globalThis, thread_local_v2)]
    static GLOBAL: JsValue;
}

impl std::fmt::Debug for Names {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Names")
    }
}

impl Names {
    /// A map from names to their indexes.
    pub fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let map = Self::new();
        for (at, name) in (0_u32..).zip(names) {
            map.insert(&name.into(), at);
        }
        map
    }

    /// The index of a name.
    pub fn place(&self, name: &JsValue) -> Option<usize> {
        let at = self.look_up(name);
        (!at.is_nan()).then_some(at as usize)
    }
}

/// The names that every call reads and writes, stored as JavaScript strings.
macro_rules! names {
    ($($name:ident = $text:literal,)*) => {
        /// A name that is stored as a JavaScript string.
        #[allow(missing_docs)]
        #[derive(Clone, Copy, Debug)]
        pub enum Name { $($name,)* }
        const NAMES: &str = concat!($($text, " ",)*);
    };
}
names! {
    Id = "id", Method = "method", Headers = "headers", Signal = "signal", Body = "body", Redirect = "redirect",
    Manual = "manual", Authorization = "Authorization", Accept = "Accept", UserAgent = "User-Agent",
    IdempotencyKey = "Idempotency-Key", ContentType = "Content-Type", Json = "application/json",
    Form = "application/x-www-form-urlencoded", Get = "GET", Head = "HEAD", Post = "POST", Put = "PUT",
    Patch = "PATCH", Delete = "DELETE", Link = "link", RatelimitReset = "x-ratelimit-reset",
    RatelimitLimit = "x-ratelimit-limit", RatelimitRemaining = "x-ratelimit-remaining", Date = "date",
    RetryAfter = "retry-after", AsyncRefresh = "mastodon-async-refresh", Pagination = "pagination", Next = "next",
    Prev = "prev", Path = "path", Params = "params", Status = "status", Value = "value", Lang = "lang",
    Event = "event", Stream = "stream", Payload = "payload", Data = "data", Error = "error", Done = "done",
    EditedAt = "edited_at", LastStatus = "last_status", ToWellFormed = "toWellFormed",
    Enumerable = "enumerable", Configurable = "configurable", Writable = "writable",
}

thread_local! {
    static KEYS: &'static [JsValue] =
        Vec::leak(crate::text::parts(NAMES.trim_ascii_end(), b' ').map(JsValue::from).collect());
    static UNDEFINED: &'static JsValue = Box::leak(Box::new(JsValue::UNDEFINED));
}

impl Name {
    /// The name, as a JavaScript value.
    #[inline(never)]
    pub fn js(self) -> &'static JsValue {
        KEYS.with(|keys| *keys)
            .get(self as usize)
            .unwrap_or_else(|| UNDEFINED.with(|undefined| *undefined))
    }
}

/// Something that can be a property's name.
pub trait Key {
    /// Calls a function with the name as a JavaScript value.
    fn with<R>(self, function: impl FnOnce(&JsValue) -> R) -> R;
}
impl Key for Name {
    fn with<R>(self, function: impl FnOnce(&JsValue) -> R) -> R {
        function(self.js())
    }
}
impl Key for &str {
    fn with<R>(self, function: impl FnOnce(&JsValue) -> R) -> R {
        function(&JsValue::from(self))
    }
}
impl Key for &JsValue {
    fn with<R>(self, function: impl FnOnce(&JsValue) -> R) -> R {
        function(self)
    }
}

#[inline(never)]
fn get_by(of: &JsValue, key: &JsValue) -> JsValue {
    if is_nothing(of) {
        JsValue::UNDEFINED
    } else {
        of.unchecked_ref::<Any>().at(key)
    }
}

#[inline(never)]
fn set_by(on: &JsValue, key: &JsValue, value: &JsValue) {
    on.unchecked_ref::<Any>().put(key, value);
}

/// A property of an object without accessors: JSON, or an object of this package or the platform. `undefined`
/// if the value cannot have properties.
pub fn get(of: &JsValue, key: impl Key) -> JsValue {
    key.with(|key| get_by(of, key))
}

/// Sets a property of an object of this package. If a server or a caller chose the name, use [`define`].
pub fn set(on: &JsValue, key: impl Key, value: &JsValue) {
    key.with(|key| set_by(on, key, value));
}

/// A property, if it is a string.
pub fn text_of(of: &JsValue, key: impl Key) -> Option<String> {
    get(of, key).as_string()
}

/// A property, if it is a number.
pub fn number_of(of: &JsValue, key: impl Key) -> Option<f64> {
    get(of, key).as_f64()
}

/// Whether a property is `true`.
pub fn flag_of(of: &JsValue, key: impl Key) -> bool {
    get(of, key).as_bool() == Some(true)
}

/// Whether an object has this property itself, not inherited.
pub fn has_own(of: &JsValue, key: &str) -> bool {
    of.is_object() && Object::has_own(of.unchecked_ref::<Object>(), &key.into())
}

/// Defines a property whose name a server or a caller chose. Here, `__proto__` is a name like any other.
pub fn define(on: &JsValue, key: &JsValue, value: &JsValue) {
    let descriptor = Object::new();
    set(&descriptor, Name::Value, value);
    for flag in [Name::Enumerable, Name::Configurable, Name::Writable] {
        set(&descriptor, flag, &JsValue::TRUE);
    }
    let _ = Reflect::define_property(on.unchecked_ref::<Object>(), key, &descriptor);
}

/// Defines a property that is not enumerable. It is configurable, because proxies (Vue, valtio) must be able
/// to wrap its value.
pub fn define_hidden(on: &JsValue, key: impl Key, value: &JsValue) {
    let descriptor = Object::new();
    set(&descriptor, Name::Value, value);
    set(&descriptor, Name::Configurable, &JsValue::TRUE);
    set(&descriptor, Name::Writable, &JsValue::TRUE);
    key.with(|key| {
        let _ = Reflect::define_property(on.unchecked_ref::<Object>(), key, &descriptor);
    });
}

/// Removes a property from an object of this package.
pub fn remove(from: &JsValue, key: impl Key) {
    key.with(|key| {
        let _ = Reflect::delete_property(from.unchecked_ref::<Object>(), key);
    });
}

/// Whether a value is `undefined` or `null`.
pub fn is_nothing(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
}

/// Whether a value is an object, but not a list.
pub fn is_record(value: &JsValue) -> bool {
    value.is_object() && !Array::is_array(value)
}

/// A value as a list without accessors; empty if it is not a list.
pub fn list(value: &JsValue) -> Array {
    if Array::is_array(value) {
        value.clone().unchecked_into()
    } else {
        Array::new()
    }
}

/// The texts in a list without accessors.
#[inline(never)]
pub fn texts(value: &JsValue) -> Vec<String> {
    let mut texts = Vec::new();
    for text in list(value).iter() {
        texts.extend(text.as_string());
    }
    texts
}

/// Whether a number is an integer that JavaScript stores exactly.
pub fn is_safe_integer(number: f64) -> bool {
    number == number.trunc() && number.abs() <= 9_007_199_254_740_991.0
}

/// An id as text: a string that is not empty, a safe integer, or a `BigInt`. Never an object: converting it
/// to text would run its code.
pub fn id_text(value: &JsValue) -> Option<String> {
    if let Some(text) = value.as_string() {
        return (!text.is_empty()).then_some(text);
    }
    let exact = value.as_f64().is_some_and(is_safe_integer) || value.is_bigint();
    exact.then(|| primitive_text(value))
}

/// A number, boolean or `BigInt` as text, formatted by the platform: formatting floats in Rust would add 10
/// KB.
#[inline(never)]
pub fn primitive_text(value: &JsValue) -> String {
    if value.is_object() || value.is_function() || value.is_symbol() {
        return String::new();
    }
    string_of(value).into()
}

/// A number as text.
pub fn number_text(number: f64) -> String {
    primitive_text(&number.into())
}

/// An integer as text.
#[inline(never)]
pub fn integer_text(mut number: u32) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(b'0' + (number % 10) as u8);
        number /= 10;
        if number == 0 {
            break;
        }
    }
    digits.into_iter().rev().map(char::from).collect()
}

/// Parses JSON.
///
/// # Errors
/// The text is not JSON.
pub fn parse_json(text: &JsValue) -> Result<JsValue, JsValue> {
    json_parse(text)
}

/// Writes JSON. Returns an empty text for values that JSON does not have, such as functions.
///
/// # Errors
/// The value contains a cycle or a `BigInt`, or one of its accessors threw.
pub fn print_json(value: &JsValue) -> Result<JsString, JsValue> {
    let text = json_stringify(value)?;
    Ok(if text.is_undefined() {
        JsString::from("")
    } else {
        text.unchecked_into()
    })
}

/// Milliseconds since 1970.
pub fn now() -> f64 {
    date_now()
}

/// Parses a date, into milliseconds since 1970 or NaN.
pub fn parse_date(text: &str) -> f64 {
    date_parse(text)
}

/// A random number, at least 0 and below 1.
pub fn random() -> f64 {
    math_random()
}

/// Replaces lone surrogates in a text, which cannot be encoded as UTF-8.
pub fn well_formed(text: &JsValue) -> JsValue {
    if get(text, Name::ToWellFormed).is_undefined() {
        let pattern = js_sys::RegExp::new("\\p{Cs}", "gu");
        return text
            .unchecked_ref::<Any>()
            .replace_pattern(&pattern, &"\u{fffd}".into());
    }
    text.unchecked_ref::<Any>().well_formed()
}

/// Encodes a text as one segment of a path or one value of a query.
pub fn encode_uri_component(text: &str) -> String {
    if text
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    {
        return text.to_owned();
    }
    encode_component(&text.into()).into()
}

/// A text in lower case. ASCII is converted here, other texts by the platform: Rust's tables are 8 KB.
pub fn lower_case(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    #[cfg(target_arch = "wasm32")]
    return JsString::from(text).to_lower_case().into();
    #[cfg(not(target_arch = "wasm32"))]
    text.to_lowercase()
}

/// Replaces all occurrences of a part of a text.
pub fn replace_all(text: &JsValue, part: &JsValue, with: &JsValue) -> JsValue {
    text.unchecked_ref::<Any>().replace_all(part, with)
}

/// A property of `globalThis`. `undefined` if reading it throws: a page in a sandboxed frame may not even
/// read its own storage.
pub fn global(name: &str) -> JsValue {
    GLOBAL
        .with(|global| Reflect::get(global, &name.into()))
        .unwrap_or_default()
}

/// `globalThis`, which functions of the platform need as `this`.
pub fn global_this() -> JsValue {
    GLOBAL.with(JsValue::clone)
}

/// An object with these properties.
pub fn object(properties: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in properties {
        set(&object, *name, value);
    }
    object
}

/// A list with these values.
pub fn array(values: &[JsValue]) -> Array {
    let array = Array::new();
    for value in values {
        array.push(value);
    }
    array
}

/// A property of a caller's object.
///
/// # Errors
/// The error that its accessor throws.
#[inline(never)]
pub fn caller_get(of: &JsValue, key: &str) -> Result<JsValue, JsValue> {
    if is_nothing(of) {
        return Ok(JsValue::UNDEFINED);
    }
    if !(of.is_object() || of.is_function()) {
        return Ok(get(of, key));
    }
    Reflect::get(of, &key.into())
}

/// Whether a caller's value is a list.
///
/// # Errors
/// The value is a revoked proxy.
pub fn caller_is_array(value: &JsValue) -> Result<bool, JsValue> {
    array_is_array(value)
}

/// Whether a caller's value can be iterated: a list, a `Map`, a `FormData`.
///
/// # Errors
/// The error that its accessor throws.
pub fn caller_is_iterable(value: &JsValue) -> Result<bool, JsValue> {
    Reflect::get(value, &Symbol::iterator().into()).map(|iterator| iterator.is_function())
}

/// The entries of a caller's object, each as `[name, value]`. This runs all accessors.
///
/// # Errors
/// The error that an accessor throws.
pub fn caller_entries(of: &JsValue) -> Result<Array, JsValue> {
    object_entries(of)
}

/// The bytes of a caller's buffer or view; `None` for any other value.
///
/// # Errors
/// The buffer was detached.
#[inline(never)]
pub fn caller_bytes(of: &JsValue) -> Result<Option<Uint8Array>, JsValue> {
    let bytes = if ArrayBuffer::is_view(of) {
        let part = |name| caller_get(of, name);
        Bytes::new(&part("buffer")?, &part("byteOffset")?, &part("byteLength")?)?
    } else if of.is_instance_of::<ArrayBuffer>() {
        Bytes::new(of, &JsValue::UNDEFINED, &JsValue::UNDEFINED)?
    } else {
        return Ok(None);
    };
    Ok(Some(bytes.unchecked_into()))
}

/// Calls a function. Its result may be a promise.
///
/// # Errors
/// The error that it throws.
pub fn call(function: &Function, this: &JsValue, values: &[JsValue]) -> Result<JsValue, JsValue> {
    Reflect::apply(function, this, &array(values))
}

/// A promise, and the function that resolves it.
pub fn deferred() -> (Promise, JsValue) {
    let mut settle = JsValue::UNDEFINED;
    let promise = Promise::new(&mut |resolve, _| settle = resolve.into());
    (promise, settle)
}

/// Resolves such a promise.
pub fn settle(function: &JsValue, value: &JsValue) {
    if let Some(function) = function.dyn_ref::<Function>() {
        let _ = function.call1(&JsValue::UNDEFINED, value);
    }
}

/// Any value as a promise.
pub fn promise(value: &JsValue) -> Promise {
    Promise::resolve(value)
}
