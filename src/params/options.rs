//! Options objects: one declaration gives the TypeScript interface and the table to check against.

use super::Param;

/// An options type: what its object may hold.
pub trait Options: tsify::Tsify {
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
///     }
/// }
/// ```
///
/// `get` adds `signal` and `timeout`, `post` (anything that writes) `idempotency_key` as well,
/// `bare` adds nothing: for objects that are part of another and for calls without a request.
macro_rules! options {
    ($($(#[$meta:meta])* $set:ident $name:ident { $($(#[$doc:meta])* $field:ident : $kind:ty $(=> $wire:literal)?,)* })*) => {
        $($crate::params::options! { @$set $(#[$meta])* $name { $($(#[$doc])* $field: $kind $(=> $wire)?,)* } })*
    };
    (@get $(#[$meta:meta])* $name:ident { $($fields:tt)* }) => {
        $crate::params::options! { @bare $(#[$meta])* $name {
            $($fields)*
            /// Ends the call: it rejects with the signal's reason.
            signal: web_sys::AbortSignal => "",
            /// Seconds that the whole call may take, waiting for rate limits included. Then it rejects
            /// with `MastodonReadTimeout`.
            timeout: $crate::params::Seconds => "",
        } }
    };
    (@post $(#[$meta:meta])* $name:ident { $($fields:tt)* }) => {
        $crate::params::options! { @get $(#[$meta])* $name {
            $($fields)*
            /// Sent as `Idempotency-Key`: a server that saw the key in the last hour answers as it did
            /// then and does nothing twice.
            idempotency_key: String => "",
        } }
    };
    (@bare $(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $field:ident : $kind:ty $(=> $wire:literal)?,)* }) => {
        $(#[$meta])*
        #[derive(Debug, tsify::Tsify)]
        #[allow(dead_code, reason = "the fields are there for the table and the TypeScript")]
        pub struct $name {
            $($(#[$doc])* #[tsify(optional)] pub $field: Option<Option<$kind>>,)*
        }
        impl $crate::params::Options for $name {
            const TABLE: &'static [$crate::params::Param] = &[
                $($crate::params::Param {
                    name: stringify!($field),
                    wire: $crate::params::wire!($field $($wire)?),
                    kind: <$kind as $crate::params::Argument>::KIND,
                },)*
            ];
        }
    };
}
pub(crate) use options;

/// A parameter's name on the wire: its own, unless another is given.
macro_rules! wire {
    ($name:ident) => {
        stringify!($name)
    };
    ($name:ident $wire:literal) => {
        $wire
    };
}
pub(crate) use wire;

options! {
    /// What every call that asks for something takes.
    get RequestOptions {}
    /// What every call that changes something takes.
    post WriteOptions {}
    /// Options of the lists that are paged by ids.
    get PageOptions {
        /// Only entries older than this one.
        max_id: super::Id,
        /// Only entries newer than this one, beginning right after it.
        min_id: super::Id,
        /// Only entries newer than this one, beginning with the newest.
        since_id: super::Id,
        /// How many entries.
        limit: u32,
    }
}
