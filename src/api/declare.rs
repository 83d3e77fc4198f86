//! Methods, declared once: a row gives the exported method, its TypeScript, the method for Rust
//! (`typed/declare.rs`), and the line of the table that its arguments are checked by.

/// Declares methods of `Mastodon`.
///
/// ```ignore
/// methods! {
///     /// What it does, for the TypeScript.
///     status_reblog as statusReblog(id: Id; StatusReblogOptions) -> Status =
///         post("/api/v1/statuses/{id}/reblog").since([1, 0, 0], [2, 0, 0]);
///     /// A positional parameter with another name on the wire; a function that is done instead.
///     follows as follows(uri: Text => "q"; FollowsOptions) -> Relationship =
///         get("/api/v1/accounts/search") => run(follows);
///     /// A function that changes the call before its request is sent.
///     toot as toot(status: Text; WriteOptions) -> Status = post("/api/v1/statuses") => prepare(publishable);
///     /// A result that depends on an option has its signatures written out.
///     notifications as notifications(; NotificationsOptions) -> Page<Notification>
///         where ["(options: …): Promise<Notification>", "(options?: …): PagePromise<Notification>"]
///         = get("/api/v1/notifications").page();
///     static create_app as createApp(client_name: Text; CreateAppOptions) -> Application =
///         post("/api/v1/apps") => run(create_app);
///     static sync get_status_length as getStatusLength(text: Text; GetStatusLengthOptions) -> u32 =
///         local() => run(get_status_length);
///     sync make_poll as makePoll(options: Texts, expires_in: Int; MakePollOptions) -> Poll = local() => run(make_poll);
///     stream stream_user as streamUser(; StreamOptions) -> Stream = local() => run(stream_user);
/// }
/// ```
///
/// The parameters before the semicolon are positional and required; the type after it is that of the
/// options object. `Vec<T>` is `T[]` in TypeScript, `Option<T>` is `T | null`, `Nothing` is `void`.
macro_rules! methods {
    ($($rows:tt)*) => {
        $crate::api::declare::methods_inner! { @read [] $($rows)* }
    };
}
pub(crate) use methods;

macro_rules! methods_inner {
    // Row by row, into one form.
    (@read [$($done:tt)*] $(#[doc = $doc:tt])* static sync $rust:ident as $($rest:tt)*) => {
        $crate::api::declare::methods_inner! { @row [$($done)*] [$($doc)*] is_static_sync $rust $($rest)* }
    };
    (@read [$($done:tt)*] $(#[doc = $doc:tt])* static $rust:ident as $($rest:tt)*) => {
        $crate::api::declare::methods_inner! { @row [$($done)*] [$($doc)*] is_static $rust $($rest)* }
    };
    (@read [$($done:tt)*] $(#[doc = $doc:tt])* sync $rust:ident as $($rest:tt)*) => {
        $crate::api::declare::methods_inner! { @row [$($done)*] [$($doc)*] is_sync $rust $($rest)* }
    };
    (@read [$($done:tt)*] $(#[doc = $doc:tt])* stream $rust:ident as $($rest:tt)*) => {
        $crate::api::declare::methods_inner! { @row [$($done)*] [$($doc)*] is_stream $rust $($rest)* }
    };
    (@read [$($done:tt)*] $(#[doc = $doc:tt])* $rust:ident as $($rest:tt)*) => {
        $crate::api::declare::methods_inner! { @row [$($done)*] [$($doc)*] is_async $rust $($rest)* }
    };
    (@row [$($done:tt)*] [$($doc:tt)*] $mode:ident $rust:ident
        $js:ident ( $($arg:ident : $kind:ident $(=> $wire:literal)?),* ; $options:ident )
        -> $result:ident $(<$inner:ident>)? $(where [$($signature:literal),+ $(,)?])?
        = $endpoint:expr $(=> $how:ident($function:path))?; $($rest:tt)*
    ) => {
        $crate::api::declare::methods_inner! { @read [$($done)* {
            [$($doc)*] $mode $rust $js [$({ $arg $kind $($wire)? })*] $options [$result $($inner)?] [$($($signature)+)?]
            [$endpoint] [$($how $function)?]
        }] $($rest)* }
    };

    (@read [$({
        [$($doc:tt)*] $mode:ident $rust:ident $js:ident [$({ $arg:ident $kind:ident $($wire:literal)? })*] $options:ident
        [$($result:ident)+] [$($signature:literal)*] [$endpoint:expr] [$($how:ident $function:path)?]
    })*]) => {
        /// The methods of this area.
        pub(crate) const METHODS: &[$crate::endpoint::Endpoint] = &[$(
            $endpoint.declared(
                stringify!($js),
                &[$($crate::params::Param {
                    name: stringify!($arg),
                    wire: $crate::params::wire!($arg $($wire)?),
                    kind: <$kind as $crate::params::Argument>::KIND,
                },)*],
                <$options as $crate::params::Options>::TABLE,
            ),
        )*];

        $(
            // A result that is no type does not compile.
            const _: Option<$crate::api::declare::result_type!($($result)+)> = None;
            $crate::api::declare::export! { $mode $js [$($arg)*] [$($how $function)?] }
        )*

        #[cfg(feature = "typed")]
        impl $crate::Mastodon {
            $(
                $crate::typed::declare::method! {
                    $mode $rust $js [$($doc)*] [$({ $arg $kind })*] $options [$($result)+] [$($how $function)?]
                }
            )*
        }

        #[cfg(feature = "npm")]
        #[wasm_bindgen::prelude::wasm_bindgen(typescript_custom_section)]
        const TYPESCRIPT: &str = concat!($(
            $crate::api::declare::typescript_method!{
                $mode $js [$($doc)*] [$({ $arg $kind })*] $options [$($result)+] [$($signature)*]
            },
        )* "\n");
    };
}
pub(crate) use methods_inner;

/// Rows without a method of their own: their arguments are checked along them.
macro_rules! rows {
    ($( $name:ident (; $options:ident) = $endpoint:expr; )*) => {
        /// Rows without a method of their own.
        pub(crate) const ROWS: &[$crate::endpoint::Endpoint] = &[$(
            $endpoint.declared(stringify!($name), &[], <$options as $crate::params::Options>::TABLE),
        )*];
    };
}
pub(crate) use rows;

/// Nothing: what a method without a result resolves to.
#[derive(Debug)]
pub struct Nothing;

/// A result as a type.
macro_rules! result_type {
    (Page $inner:ident) => { Vec<$inner> };
    ($outer:ident $inner:ident) => { $outer<$inner> };
    (Nothing) => { $crate::api::declare::Nothing };
    ($result:ident) => { $result };
}
pub(crate) use result_type;

/// The exported method.
macro_rules! export {
    (is_async $js:ident [$($arg:ident)*] [$($how:ident $function:path)?]) => {
        #[cfg(feature = "npm")]
        const _: () = {
            use $crate::client::Mastodon;
            #[wasm_bindgen::prelude::wasm_bindgen]
            #[allow(non_snake_case, missing_docs)]
            impl Mastodon {
            #[wasm_bindgen(js_name = $js, skip_typescript)]
            pub fn $js(&self, $($arg: wasm_bindgen::JsValue,)* options: wasm_bindgen::JsValue) -> js_sys::Promise {
                $crate::api::declare::perform!(
                    &self.client, const { $crate::api::index_of(stringify!($js)) },
                    $crate::api::declare::values!($($arg)* options), $($how $function)?
                )
            }
            }
        };
        #[cfg(not(feature = "npm"))]
        const _: () = { $(let _: $crate::api::declare::function_type!($how) = $function;)? };
    };
    (is_static $js:ident [$($arg:ident)*] [run $function:path]) => {
        #[cfg(feature = "npm")]
        const _: () = {
            use $crate::client::Mastodon;
            #[wasm_bindgen::prelude::wasm_bindgen]
            #[allow(non_snake_case, missing_docs)]
            impl Mastodon {
            #[wasm_bindgen(js_name = $js, skip_typescript)]
            pub fn $js($($arg: wasm_bindgen::JsValue,)* options: wasm_bindgen::JsValue) -> js_sys::Promise {
                $crate::api::perform::perform_static(
                    const { $crate::api::index_of(stringify!($js)) },
                    $crate::api::declare::values!($($arg)* options), $function,
                )
            }
            }
        };
        #[cfg(not(feature = "npm"))]
        const _: $crate::client::call::RunStatic = $function;
    };
    (is_static_sync $js:ident [$($arg:ident)*] [run $function:path]) => {
        #[cfg(feature = "npm")]
        const _: () = {
            use $crate::client::Mastodon;
            #[wasm_bindgen::prelude::wasm_bindgen]
            #[allow(non_snake_case, missing_docs, clippy::missing_errors_doc)]
            impl Mastodon {
            #[wasm_bindgen(js_name = $js, skip_typescript)]
            pub fn $js($($arg: wasm_bindgen::JsValue,)* options: wasm_bindgen::JsValue) -> Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue> {
                $crate::api::perform::perform_static_sync(
                    const { $crate::api::index_of(stringify!($js)) },
                    &$crate::api::declare::values!($($arg)* options), $function,
                )
            }
            }
        };
        #[cfg(not(feature = "npm"))]
        const _: $crate::client::call::RunStaticSync = $function;
    };
    (is_sync $js:ident [$($arg:ident)*] [run $function:path]) => {
        #[cfg(feature = "npm")]
        const _: () = {
            use $crate::client::Mastodon;
            #[wasm_bindgen::prelude::wasm_bindgen]
            #[allow(non_snake_case, missing_docs, clippy::missing_errors_doc)]
            impl Mastodon {
            #[wasm_bindgen(js_name = $js, skip_typescript)]
            pub fn $js(&self, $($arg: wasm_bindgen::JsValue,)* options: wasm_bindgen::JsValue) -> Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue> {
                $crate::api::perform::perform_sync(
                    &self.client, const { $crate::api::index_of(stringify!($js)) },
                    $crate::api::declare::values!($($arg)* options), $function,
                )
            }
            }
        };
        #[cfg(not(feature = "npm"))]
        const _: $crate::client::call::RunSync = $function;
    };
    (is_stream $js:ident [$($arg:ident)*] [run $function:path]) => {
        #[cfg(feature = "npm")]
        const _: () = {
            use $crate::client::Mastodon;
            #[wasm_bindgen::prelude::wasm_bindgen]
            #[allow(non_snake_case, missing_docs, clippy::missing_errors_doc)]
            impl Mastodon {
            #[wasm_bindgen(js_name = $js, skip_typescript)]
            pub fn $js(&self, $($arg: wasm_bindgen::JsValue,)* listener: wasm_bindgen::JsValue, options: wasm_bindgen::JsValue) -> Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue> {
                $crate::api::perform::perform_stream(
                    &self.client, const { $crate::api::index_of(stringify!($js)) },
                    $crate::api::declare::values!($($arg)* options), listener, $function,
                )
            }
            }
        };
        #[cfg(not(feature = "npm"))]
        const _: $crate::api::perform::RunStream = $function;
    };
}
pub(crate) use export;

/// The type of a row's function.
#[allow(
    unused_macros,
    reason = "with the feature `npm` the exported method says it"
)]
macro_rules! function_type {
    (prepare) => {
        $crate::client::call::Prepare
    };
    (run) => {
        $crate::client::call::Run
    };
}
#[allow(unused_imports, reason = "as above")]
pub(crate) use function_type;

/// Calls a method the way that its row says.
macro_rules! perform {
    ($client:expr, $index:expr, $values:expr,) => {
        $crate::api::perform::perform($client, $index, $values)
    };
    ($client:expr, $index:expr, $values:expr, prepare $function:path) => {
        $crate::api::perform::perform_prepared($client, $index, $values, $function)
    };
    ($client:expr, $index:expr, $values:expr, run $function:path) => {
        $crate::api::perform::perform_run($client, $index, $values, $function)
    };
}
pub(crate) use perform;

/// The arguments of a call as a list, by a function that all methods share.
macro_rules! values {
    ($a:ident) => {
        $crate::api::perform::values_1($a)
    };
    ($a:ident $b:ident) => {
        $crate::api::perform::values_2($a, $b)
    };
    ($a:ident $b:ident $c:ident) => {
        $crate::api::perform::values_3($a, $b, $c)
    };
    ($a:ident $b:ident $c:ident $d:ident) => {
        $crate::api::perform::values_4($a, $b, $c, $d)
    };
    ($a:ident $b:ident $c:ident $d:ident $e:ident) => {
        $crate::api::perform::values_5($a, $b, $c, $d, $e)
    };
}
pub(crate) use values;

/// The TypeScript of a method, with its whole documentation on every signature.
macro_rules! typescript_method {
    (is_static $js:ident [$($doc:tt)*] $args:tt $options:ident $result:tt []) => {
        concat!(
            "export namespace Mastodon {\n  /**", $("\n   *", $doc,)* "\n   */\n  function ", stringify!($js),
            $crate::api::declare::typescript_signature!(is_async $args $options $result), "}\n",
        )
    };
    (is_static_sync $js:ident [$($doc:tt)*] $args:tt $options:ident $result:tt []) => {
        concat!(
            "export namespace Mastodon {\n  /**", $("\n   *", $doc,)* "\n   */\n  function ", stringify!($js),
            $crate::api::declare::typescript_signature!(is_sync $args $options $result), "}\n",
        )
    };
    (is_static_sync $js:ident [$($doc:tt)*] $args:tt $options:ident $result:tt [$($signature:literal)+]) => {
        $crate::api::declare::typescript_overloads!("namespace Mastodon", "function ", $js [$($doc)*] [$($signature)+])
    };
    (is_static $js:ident [$($doc:tt)*] $args:tt $options:ident $result:tt [$($signature:literal)+]) => {
        $crate::api::declare::typescript_overloads!("namespace Mastodon", "function ", $js [$($doc)*] [$($signature)+])
    };
    ($mode:ident $js:ident [$($doc:tt)*] $args:tt $options:ident $result:tt []) => {
        concat!(
            "export interface Mastodon {\n  /**", $("\n   *", $doc,)* "\n   */\n  ", stringify!($js),
            $crate::api::declare::typescript_signature!($mode $args $options $result), "}\n",
        )
    };
    ($mode:ident $js:ident [$($doc:tt)*] $args:tt $options:ident $result:tt [$($signature:literal)+]) => {
        $crate::api::declare::typescript_overloads!("interface Mastodon", "", $js [$($doc)*] [$($signature)+])
    };
}
#[allow(
    unused_imports,
    reason = "without the feature `npm` there is no TypeScript to make"
)]
pub(crate) use typescript_method;

macro_rules! typescript_overloads {
    ($in:literal, $prefix:literal, $js:ident $doc:tt [$($signature:literal)+]) => {
        // In blocks of their own: of several that fit, TypeScript takes the one of the last block.
        concat!($(
            "export ", $in, " {\n",
            $crate::api::declare::typescript_overload!($prefix, $js $doc $signature),
            "}\n",
        )+)
    };
}
#[allow(unused_imports, reason = "as above")]
pub(crate) use typescript_overloads;

macro_rules! typescript_overload {
    ($prefix:literal, $js:ident [$($doc:tt)*] $signature:literal) => {
        concat!("  /**", $("\n   *", $doc,)* "\n   */\n  ", $prefix, stringify!($js), $signature, ";\n")
    };
}
#[allow(unused_imports, reason = "as above")]
pub(crate) use typescript_overload;

macro_rules! typescript_signature {
    ($mode:ident [$({ $arg:ident $kind:ident })*] $options:ident [$($result:ident)+]) => {
        concat!(
            "(", $(stringify!($arg), ": ", $crate::api::declare::typescript!($kind), ", ",)*
            $crate::api::declare::typescript_listener!($mode),
            "options?: ", stringify!($options), " | null): ",
            $crate::api::declare::typescript_result!($mode $($result)+), ";\n",
        )
    };
}
#[allow(unused_imports, reason = "as above")]
pub(crate) use typescript_signature;

macro_rules! typescript_listener {
    (is_stream) => {
        "listener?: StreamListener | null, "
    };
    ($mode:ident) => {
        ""
    };
}
#[allow(unused_imports, reason = "as above")]
pub(crate) use typescript_listener;

/// The TypeScript of a result.
macro_rules! typescript_result {
    (is_async Page $inner:ident) => { concat!("PagePromise<", $crate::api::declare::typescript!($inner), ">") };
    (is_async $($result:ident)+) => { concat!("Promise<", $crate::api::declare::typescript!($($result)+), ">") };
    ($mode:ident $($result:ident)+) => { $crate::api::declare::typescript!($($result)+) };
}
#[allow(unused_imports, reason = "as above")]
pub(crate) use typescript_result;

/// The TypeScript of a type.
macro_rules! typescript {
    (Vec $inner:ident) => {
        concat!($crate::api::declare::typescript!($inner), "[]")
    };
    (Option $inner:ident) => {
        concat!($crate::api::declare::typescript!($inner), " | null")
    };
    (Nothing) => {
        "void"
    };
    (Text) => {
        "string"
    };
    (String) => {
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
    (u32) => {
        "number"
    };
    (f64) => {
        "number"
    };
    (Ints) => {
        "number[]"
    };
    (Flag) => {
        "boolean"
    };
    (bool) => {
        "boolean"
    };
    ($name:ident) => {
        stringify!($name)
    };
}
#[allow(unused_imports, reason = "as above")]
pub(crate) use typescript;
