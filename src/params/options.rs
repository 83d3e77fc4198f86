//! Options objects: one declaration gives the TypeScript interface and the table to check against.

use super::{Id, Param};

/// An options type: what its object may hold.
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
///         /// On the wire under another name.
///         default_privacy: DefaultPrivacy => "source[privacy]",
///         /// Not sent: the method reads it.
///         synchronous: bool => "",
///         /// Without it the call is refused; it is not optional in TypeScript.
///         client_name: Required<String>,
///         /// An explicit `null` is sent and takes away what is there.
///         expires_in: Nullable<u32>,
///     }
/// }
/// ```
///
/// `get` adds `signal`, `timeout` and `extra`, `post` (anything that writes) `idempotency_key` as well,
/// `bare` adds nothing: for objects that are part of another and for calls without a request.
macro_rules! options {
    ($($(#[$meta:meta])* $set:ident $name:ident { $($fields:tt)* })*) => {
        $($crate::params::options! { @$set $(#[$meta])* $name { $($fields)* } })*
    };
    (@get $(#[$meta:meta])* $name:ident $fields:tt) => {
        $crate::params::options! { @shared [$(#[$meta])* $name] $fields {} }
    };
    (@post $(#[$meta:meta])* $name:ident $fields:tt) => {
        $crate::params::options! { @shared [$(#[$meta])* $name] $fields {
            /// Sent as `Idempotency-Key`: a server that saw the key in the last hour gives the response
            /// that it gave then and does nothing twice.
            idempotency_key: String => "",
        } }
    };
    // In the order of `SHARED` in table.rs.
    (@shared [$(#[$meta:meta])* $name:ident] { $($fields:tt)* } { $($more:tt)* }) => {
        $crate::params::options! { @bare $(#[$meta])* $name {
            $($fields)*
            /// Ends the call: it rejects with the signal's reason.
            signal: web_sys::AbortSignal => "",
            /// Seconds that the whole call may take, waiting for rate limits included; at most 3600. Then
            /// it rejects with `MastodonReadTimeout`.
            timeout: params::Seconds => "",
            /// Further parameters, sent as they are: for what a server understands and this package does
            /// not know.
            extra: params::Extra => "",
            $($more)*
        } }
    };
    (@bare $(#[$meta:meta])* $name:ident { $($fields:tt)* }) => {
        $crate::params::options! { @read [$(#[$meta])* $name] [] $($fields)* }
    };

    // Field by field: what is required is no `Option`, what may be null is sent as null.
    // Behind it, how Rust says it.
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

/// A name that Rust keeps for itself is written `r#type`.
pub const fn bare_name(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', rest @ ..] => match str::from_utf8(rest) {
            Ok(bare) => bare,
            Err(_) => name,
        },
        _ => name,
    }
}

/// A parameter's name on the wire: its own, unless another is given.
macro_rules! wire {
    ($name:ident) => {
        $crate::params::bare_name(stringify!($name))
    };
    ($name:ident $wire:literal) => {
        $wire
    };
}
pub(crate) use wire;

/// The options of a method that has none.
#[derive(Debug)]
pub struct NoOptions;
impl Options for NoOptions {
    const TABLE: &'static [Param] = &[];
}

options! {
    /// What every call that asks for something takes.
    get RequestOptions {}
    /// What every call that changes something takes.
    post WriteOptions {}
    /// Options of the lists that are paged by ids.
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
