//! The methods of the typed client, generated from the rows of `methods!`.

/// The return type of a method.
macro_rules! result_type {
    (Page $inner:ident) => { $crate::Page<$inner> };
    (Nothing) => { () };
    (Date) => { js_sys::Date };
    (AnnualReportState) => { $crate::Refreshable<AnnualReportState> };
    (Context) => { $crate::Refreshable<Context> };
    (Collections) => { $crate::Paginated<Collections> };
    (GroupedNotificationsResults) => { $crate::Paginated<GroupedNotificationsResults> };
    (AnySearch) => { $crate::Paginated<AnySearch> };
    (SearchV2) => { $crate::Paginated<SearchV2> };
    ($outer:ident $inner:ident) => { $outer<$inner> };
    ($result:ident) => { $result };
}
pub(crate) use result_type;

/// The method of the client for a row. Rows with JavaScript types as arguments or results have a handwritten
/// method, in the files of this folder.
macro_rules! method {
    // Streams, logins, pages, and what works on values of JavaScript.
    (is_stream $rust:ident $js:ident $doc:tt [$({ $arg:ident $kind:ident })*] $options:ident [Stream] [run $function:path]) => {
        $crate::typed::declare::documented! { $doc [] {
            pub fn $rust(&self, $($arg: $crate::params::argument_type!($kind),)* options: &$options)
                -> Result<$crate::EventStream, $crate::Error> {
                self.open_stream(
                    const { $crate::api::index_of(stringify!($js)) },
                    &[$($crate::params::argument_value!($arg $kind),)*],
                    &options.record,
                    $function,
                )
            }
        } }
    };
    (is_stream $($rest:tt)*) => {};
    (is_static $rust:ident $js:ident $doc:tt $args:tt $options:ident [Option Mastodon] $how:tt) => {};
    ($mode:ident $rust:ident $js:ident $doc:tt $args:tt $options:ident [Option Object] $how:tt) => {};
    ($mode:ident $rust:ident $js:ident $doc:tt $args:tt $options:ident [Vec Object] $how:tt) => {};
    ($mode:ident $rust:ident $js:ident $doc:tt $args:tt $options:ident [AsyncIterator] $how:tt) => {};
    ($mode:ident $rust:ident $js:ident $doc:tt $args:tt $options:ident [Option JsValue] $how:tt) => {};
    ($mode:ident $rust:ident $js:ident $doc:tt $args:tt $options:ident [Option AsyncRefreshInfo] $how:tt) => {};
    ($mode:ident $rust:ident $js:ident $doc:tt [{ $first:ident Filterable } { $second:ident AnyFilters } { $third:ident KnownContext }] $options:ident $result:tt $how:tt) => {};
    ($mode:ident $rust:ident $js:ident $doc:tt $args:tt $options:ident [PushNotification] $how:tt) => {};
    ($mode:ident $rust:ident $js:ident $doc:tt $args:tt $options:ident [Uint8ClampedArray] $how:tt) => {};
    ($mode:ident $rust:ident $js:ident $doc:tt $args:tt $options:ident [NewPoll] $how:tt) => {};
    ($mode:ident $rust:ident $js:ident $doc:tt $args:tt $options:ident [MediaEditAttributes] $how:tt) => {};

    (is_async $rust:ident $js:ident $doc:tt [$({ $arg:ident $kind:ident })*] NoOptions [$($result:ident)+] $how:tt) => {
        $crate::typed::declare::documented! { $doc [] {
            pub async fn $rust(&self, $($arg: $crate::params::argument_type!($kind),)*)
                -> Result<$crate::typed::declare::result_type!($($result)+), $crate::Error> {
                let values = [$($crate::params::argument_value!($arg $kind),)*];
                let index = const { $crate::api::index_of(stringify!($js)) };
                let answer = self
                    .perform(index, &values, &Default::default(), $crate::typed::declare::function!($how))
                    .await?;
                $crate::typed::declare::read!(answer $($result)+)
            }
        } }
    };
    (is_async $rust:ident $js:ident $doc:tt [$({ $arg:ident $kind:ident })*] $options:ident [$($result:ident)+] $how:tt) => {
        $crate::typed::declare::documented! { $doc [] {
            pub async fn $rust(
                &self,
                $($arg: $crate::params::argument_type!($kind),)*
                options: &$options,
            ) -> Result<$crate::typed::declare::result_type!($($result)+), $crate::Error> {
                let values = [$($crate::params::argument_value!($arg $kind),)*];
                let index = const { $crate::api::index_of(stringify!($js)) };
                let answer = self
                    .perform(index, &values, &options.record, $crate::typed::declare::function!($how))
                    .await?;
                $crate::typed::declare::read!(answer $($result)+)
            }
        } }
    };
    (is_static $rust:ident $js:ident $doc:tt [$({ $arg:ident $kind:ident })*] $options:ident [$($result:ident)+] [run $function:path]) => {
        $crate::typed::declare::documented! { $doc [] {
            pub async fn $rust(
                $($arg: $crate::params::argument_type!($kind),)*
                options: &$options,
            ) -> Result<$crate::typed::declare::result_type!($($result)+), $crate::Error> {
                let values = [$($crate::params::argument_value!($arg $kind),)*];
                let index = const { $crate::api::index_of(stringify!($js)) };
                let answer = $crate::typed::call::perform_static(index, &values, &options.record, $function).await?;
                $crate::typed::declare::read!(answer $($result)+)
            }
        } }
    };
    (is_static_sync $rust:ident $js:ident $doc:tt $args:tt NoOptions [$($result:ident)+] [run $function:path]) => {
        $crate::typed::declare::documented! { $doc [] {
            pub fn $rust() -> Result<$crate::typed::declare::result_type!($($result)+), $crate::Error> {
                let index = const { $crate::api::index_of(stringify!($js)) };
                let answer = $crate::typed::call::perform_static_sync(index, &[], &Default::default(), $function)?;
                $crate::typed::declare::read!(answer $($result)+)
            }
        } }
    };
    (is_static_sync $rust:ident $js:ident $doc:tt [$({ $arg:ident $kind:ident })*] $options:ident [$($result:ident)+] [run $function:path]) => {
        $crate::typed::declare::documented! { $doc [] {
            pub fn $rust(
                $($arg: $crate::params::argument_type!($kind),)*
                options: &$options,
            ) -> Result<$crate::typed::declare::result_type!($($result)+), $crate::Error> {
                let values = [$($crate::params::argument_value!($arg $kind),)*];
                let index = const { $crate::api::index_of(stringify!($js)) };
                let answer = $crate::typed::call::perform_static_sync(index, &values, &options.record, $function)?;
                $crate::typed::declare::read!(answer $($result)+)
            }
        } }
    };
    (is_sync $rust:ident $js:ident $doc:tt [$({ $arg:ident $kind:ident })*] NoOptions [$($result:ident)+] [run $function:path]) => {
        $crate::typed::declare::documented! { $doc [] {
            pub fn $rust(&self, $($arg: $crate::params::argument_type!($kind),)*)
                -> Result<$crate::typed::declare::result_type!($($result)+), $crate::Error> {
                let values = [$($crate::params::argument_value!($arg $kind),)*];
                let index = const { $crate::api::index_of(stringify!($js)) };
                let answer = self.perform_sync(index, &values, $function)?;
                $crate::typed::declare::read!(answer $($result)+)
            }
        } }
    };
}
pub(crate) use method;

/// How a row is performed.
macro_rules! function {
    ([]) => {
        $crate::typed::call::Function::Send
    };
    ([prepare $function:path]) => {
        $crate::typed::call::Function::Prepare($function)
    };
    ([run $function:path]) => {
        $crate::typed::call::Function::Run($function)
    };
}
pub(crate) use function;

/// Reads the result of a call.
macro_rules! read {
    ($answer:ident Page $inner:ident) => {
        $crate::typed::page::read_page(&$answer)
    };
    ($answer:ident Nothing) => {{
        let _ = $answer;
        Ok(())
    }};
    ($answer:ident Date) => {
        Ok(wasm_bindgen::JsCast::unchecked_into($answer.value))
    };
    ($answer:ident AnnualReportState) => {
        $crate::typed::refresh::read_refreshable(&$answer)
    };
    ($answer:ident Context) => {
        $crate::typed::refresh::read_refreshable(&$answer)
    };
    ($answer:ident Collections) => {
        $crate::typed::page::read_paginated(&$answer)
    };
    ($answer:ident GroupedNotificationsResults) => {
        $crate::typed::page::read_paginated(&$answer)
    };
    ($answer:ident AnySearch) => {
        $crate::typed::page::read_paginated(&$answer)
    };
    ($answer:ident SearchV2) => {
        $crate::typed::page::read_paginated(&$answer)
    };
    ($answer:ident $($result:ident)+) => {
        $answer.read()
    };
}
pub(crate) use read;

/// An item with the documentation of its row, up to the JavaScript example.
macro_rules! documented {
    // A comment comes as a raw text.
    ([r" @example" $($rest:tt)*] $kept:tt $item:tt) => {
        $crate::typed::declare::documented! { [] $kept $item }
    };
    ([$line:tt $($rest:tt)*] [$($kept:tt)*] $item:tt) => {
        $crate::typed::declare::documented! { [$($rest)*] [$($kept)* $line] $item }
    };
    ([] [$($kept:tt)*] { $($item:tt)* }) => {
        $(#[doc = $kept])*
        $($item)*
    };
}
pub(crate) use documented;
