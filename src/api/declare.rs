//! Methods, declared: the declaration is the row of a table and the TypeScript.
//!
//! A method that only describes a request needs no code of its own. As an exported function it would
//! cost a shim in the module and another in the glue, some hundred bytes for each of 230 methods; as
//! a row it costs its name, its path and its parameters.

/// Declares methods of `Mastodon`.
///
/// ```ignore
/// methods! {
///     /// What it does, for the TypeScript.
///     statusReblog(id: Id; StatusReblogOptions) -> "Status" =
///         post("/api/v1/statuses/{id}/reblog").since([1, 0, 0], [2, 0, 0]);
///     /// A positional parameter with another name on the wire.
///     follows(uri: Text => "q"; FollowsOptions) -> "Account[]" = get("/api/v1/accounts/search");
/// }
/// ```
///
/// The parameters before the semicolon are positional and required; the type after it is that of the
/// options object. What stands in `-> "…"` is what the promise resolves to; `=> "…"` is for methods
/// without a promise. Code that a method needs beside its request is JavaScript, under the method's name
/// in the area's own file (src/api/statuses.js for statuses.rs).
macro_rules! methods {
    ($(
        $(#[doc = $doc:literal])*
        $name:ident ( $($arg:ident : $kind:ident $(=> $wire:literal)?),* ; $options:ident ) $arrow:tt $result:literal = $endpoint:expr;
    )*) => {
        /// The methods of this area.
        pub(crate) const METHODS: &[$crate::api::endpoint::Endpoint] = &[$(
            $endpoint.declared(
                stringify!($name),
                &[$($crate::params::Param {
                    name: stringify!($arg),
                    wire: $crate::params::wire!($arg $($wire)?),
                    kind: <$kind as $crate::params::Argument>::KIND,
                },)*],
                <$options as $crate::params::Options>::TABLE,
            ),
        )*];

        #[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
        const TYPESCRIPT: &str = concat!(
            "export interface Mastodon {\n",
            $(
                "  /**", $("\n   *", $doc,)* "\n   */\n  ", stringify!($name), "(",
                $(stringify!($arg), ": ", $crate::api::declare::typescript!($kind), ", ",)*
                "options?: ", stringify!($options), " | null): ", $crate::api::declare::result!($arrow $result), ";\n",
            )*
            "}\n",
        );
    };
}
pub(crate) use methods;

/// The same for methods whose TypeScript stands in a `.d.ts` beside the file: overloads, generic types.
/// A positional parameter has its kind here, since no type is made of it.
macro_rules! rows {
    ($( $name:ident ( $($arg:ident : $kind:expr $(=> $wire:literal)?),* ; $options:expr ) = $endpoint:expr; )*) => {
        /// The methods of this area that are typed elsewhere.
        pub(crate) const ROWS: &[$crate::api::endpoint::Endpoint] = &[$(
            $endpoint.declared(
                stringify!($name),
                &[$($crate::params::Param {
                    name: stringify!($arg),
                    wire: $crate::params::wire!($arg $($wire)?),
                    kind: $kind,
                },)*],
                $options,
            ),
        )*];
    };
}
pub(crate) use rows;

/// The TypeScript of a result.
#[allow(unused_macros, reason = "natively there is no TypeScript to make")]
macro_rules! result {
    (-> $result:literal) => {
        concat!("Promise<", $result, ">")
    };
    (=> $result:literal) => {
        $result
    };
}
#[allow(unused_imports, reason = "as above")]
pub(crate) use result;

/// The TypeScript of a parameter's type.
#[allow(unused_macros, reason = "natively there is no TypeScript to make")]
macro_rules! typescript {
    (Text) => {
        "string"
    };
    (Hashtag) => {
        "string"
    };
    (Texts) => {
        "string[]"
    };
    (Int) => {
        "number"
    };
    (Ints) => {
        "number[]"
    };
    (Flag) => {
        "boolean"
    };
    ($name:ident) => {
        stringify!($name)
    };
}
#[allow(unused_imports, reason = "as above")]
pub(crate) use typescript;
