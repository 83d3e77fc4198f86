//! Options objects. One declaration gives the TypeScript interface and the table for checking.

use super::{Id, Param};

/// An options type: the fields of its object.
pub trait Options {
    /// A row for each option.
    const TABLE: &'static [Param];
}

/// Declares an options type.
///
/// ```ignore
/// options! {
///     /// Options of `timelineHome`.
///     get TimelineHomeOptions {
///         /// Only statuses older than this one.
///         max_id: TimelineId,
///         /// Has another name on the wire.
///         default_privacy: DefaultPrivacy => "source[privacy]",
///         /// Not sent: only the method reads it.
///         synchronous: bool => "",
///         /// Required, in TypeScript too: the call is rejected without it.
///         client_name: Required<String>,
///         /// An explicit `null` is sent and removes the old value.
///         expires_in: Nullable<u32>,
///     }
/// }
/// ```
///
/// `get` adds `signal`, `timeout` and `extra`; `post` (for methods that write) also adds `idempotency_key`.
/// `bare` adds nothing: for objects inside others, and for calls without a request.
macro_rules! options {
    ($($(#[$meta:meta])* $set:ident $name:ident { $($fields:tt)* })*) => {
        $($crate::params::options! { @$set $(#[$meta])* $name { $($fields)* } })*
    };
    (@get $(#[$meta:meta])* $name:ident $fields:tt) => {
        $crate::params::options! { @shared [$(#[$meta])* $name] $fields {} }
    };
    (@post $(#[$meta:meta])* $name:ident $fields:tt) => {
        $crate::params::options! { @shared [$(#[$meta])* $name] $fields {
            /// Sent as `Idempotency-Key`. If the server received the same key within the last hour, it does
            /// nothing and sends the earlier response again.
            idempotency_key: String => "",
        } }
    };
    // In the order of `SHARED` in table.rs.
    (@shared [$(#[$meta:meta])* $name:ident] { $($fields:tt)* } { $($more:tt)* }) => {
        $crate::params::options! { @bare $(#[$meta])* $name {
            $($fields)*
            /// Aborts the call, and a loop over its pages: it rejects with the signal's reason.
            signal: web_sys::AbortSignal => "",
            /// Seconds that the whole call may take, including waits for rate limits and a loop over its
            /// pages; at most 3600. After that, it rejects with `MastodonReadTimeout`.
            timeout: params::Seconds => "",
            /// More parameters, sent as they are: for parameters that this package does not know.
            extra: params::Extra => "",
            $($more)*
        } }
    };
    (@bare $(#[$meta:meta])* $name:ident { $($fields:tt)* }) => {
        $crate::params::options! { @read [$(#[$meta])* $name] [] $($fields)* }
    };

    // Field by field: required fields are not an `Option`, and nullable ones are sent even if null. The Rust
    // form follows in brackets.
    (@read $head:tt [$($done:tt)*] $(#[$doc:meta])* $field:ident : Required<Vec<$inner:ident>> $(=> $wire:literal)?, $($rest:tt)*) => {
        $crate::params::options! { @read $head [$($done)* { [$(#[$doc])*] [] $field (Vec<$inner>) (Vec<$inner>) [Vec $inner] $($wire)? }] $($rest)* }
    };
    (@read $head:tt [$($done:tt)*] $(#[$doc:meta])* $field:ident : Required<$kind:ident> $(=> $wire:literal)?, $($rest:tt)*) => {
        $crate::params::options! { @read $head [$($done)* { [$(#[$doc])*] [] $field ($kind) ($kind) [$kind] $($wire)? }] $($rest)* }
    };
    (@read $head:tt [$($done:tt)*] $(#[$doc:meta])* $field:ident : Nullable<$kind:ident> $(=> $wire:literal)?, $($rest:tt)*) => {
        $crate::params::options! { @read $head [$($done)* { [$(#[$doc])*] [#[tsify(optional)]] $field (Option<Option<$kind>>) ($crate::params::Nullable<$kind>) [Nullable $kind] $($wire)? }] $($rest)* }
    };
    (@read $head:tt [$($done:tt)*] $(#[$doc:meta])* $field:ident : Vec<$inner:ident> $(=> $wire:literal)?, $($rest:tt)*) => {
        $crate::params::options! { @read $head [$($done)* { [$(#[$doc])*] [#[tsify(optional)]] $field (Option<Option<Vec<$inner>>>) (Vec<$inner>) [Vec $inner] $($wire)? }] $($rest)* }
    };
    (@read $head:tt [$($done:tt)*] $(#[$doc:meta])* $field:ident : web_sys::$kind:ident $(=> $wire:literal)?, $($rest:tt)*) => {
        $crate::params::options! { @read $head [$($done)* { [$(#[$doc])*] [#[tsify(optional)]] $field (Option<Option<web_sys::$kind>>) (web_sys::$kind) [$kind] $($wire)? }] $($rest)* }
    };
    (@read $head:tt [$($done:tt)*] $(#[$doc:meta])* $field:ident : params::$kind:ident $(=> $wire:literal)?, $($rest:tt)*) => {
        $crate::params::options! { @read $head [$($done)* { [$(#[$doc])*] [#[tsify(optional)]] $field (Option<Option<$crate::params::$kind>>) ($crate::params::$kind) [$kind] $($wire)? }] $($rest)* }
    };
    (@read $head:tt [$($done:tt)*] $(#[$doc:meta])* $field:ident : $kind:ident $(=> $wire:literal)?, $($rest:tt)*) => {
        $crate::params::options! { @read $head [$($done)* { [$(#[$doc])*] [#[tsify(optional)]] $field (Option<Option<$kind>>) ($kind) [$kind] $($wire)? }] $($rest)* }
    };
    (@read [$(#[$meta:meta])* $name:ident] [$({ [$($doc:tt)*] [$($attributes:tt)*] $field:ident ($type:ty) ($kind:ty) [$($typed:tt)+] $($wire:literal)? })*]) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default)]
        pub struct $name {
            #[cfg(feature = "typed")]
            pub(crate) record: $crate::value::Record,
        }
        #[cfg(feature = "npm")]
        const _: () = {
            $(#[$meta])*
            #[derive(tsify::Tsify)]
            #[allow(dead_code, reason = "the fields are there for the TypeScript")]
            pub struct $name {
                $($($doc)* $($attributes)* pub $field: $type,)*
            }
        };
        #[cfg(feature = "typed")]
        #[allow(clippy::used_underscore_items, reason = "the server's own names")]
        impl $name {
            $(
                $($doc)*
                #[must_use]
                pub fn $field(mut self, value: $crate::params::argument_type!($($typed)+)) -> Self {
                    self.record.set(
                        $crate::params::bare_name(stringify!($field)),
                        $crate::params::argument_value!(value $($typed)+),
                    );
                    self
                }
            )*
        }
        #[cfg(feature = "typed")]
        impl From<$name> for $crate::value::Value {
            fn from(options: $name) -> Self {
                options.record.into()
            }
        }
        impl $crate::params::Options for $name {
            const TABLE: &'static [$crate::params::Param] = &[
                $($crate::params::Param {
                    name: $crate::params::bare_name(stringify!($field)),
                    wire: $crate::params::wire!($field $($wire)?),
                    kind: <$kind as $crate::params::Argument>::KIND,
                },)*
            ];
        }
    };
}
pub(crate) use options;

/// The field's name without the `r#` of Rust keywords, as in `r#type`.
pub const fn bare_name(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', rest @ ..] => match str::from_utf8(rest) {
            Ok(bare) => bare,
            Err(_) => name,
        },
        _ => name,
    }
}

/// A parameter's name on the wire: its own name, if no other is given.
macro_rules! wire {
    ($name:ident) => {
        $crate::params::bare_name(stringify!($name))
    };
    ($name:ident $wire:literal) => {
        $wire
    };
}
pub(crate) use wire;

/// The options type of methods without options.
#[derive(Debug)]
pub struct NoOptions;
impl Options for NoOptions {
    const TABLE: &'static [Param] = &[];
}

options! {
    /// Options of every method that only reads.
    get RequestOptions {}
    /// Options of every method that writes.
    post WriteOptions {}
    /// Options of lists that are paginated by ids.
    get PageOptions {
        /// Only entries older than this one.
        max_id: Id,
        /// Only entries newer than this one, beginning right after it.
        min_id: Id,
        /// Only entries newer than this one, beginning with the newest.
        since_id: Id,
        /// How many entries.
        limit: u32,
    }
}
