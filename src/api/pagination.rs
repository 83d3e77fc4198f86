//! From one page to the others.

use crate::api::declare::methods;
use crate::client::Client;
use crate::client::call::{Arguments, Call, Work, copy_entries};
use crate::client::scope::Scope;
use crate::endpoint::local;
use crate::error::{Class, Error};
use crate::page::{self, Direction};
use crate::params::{Kind, NoOptions, RequestOptions, argument, closed, options};
use crate::walk::{self, Steps, Walk};
use js_sys::{Array, AsyncIterator, Object};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

closed! {
    /// A direction: `"next"` to older entries, `"previous"` to newer ones.
    PaginationDirection: "PaginationDirection" = Next "next" | Previous "previous";
}

argument! {
    /// A page, its `pagination`, or one direction of it.
    AnyPage: "Paginated | Pagination | PaginationInfo" => Kind::Anything;
}

options! {
    /// Options of `paginationIterator` and `paginationPageIterator`.
    get PaginationIteratorOptions {
        /// The direction. Default: `"next"`.
        direction: PaginationDirection => "",
        /// Whether to yield pairs: what is iterated over, and the stored form of the request that
        /// continues its page (null on the last page). Default: `false`.
        return_pagination_info: bool => "",
    }
}

methods! {
    /// The next page: older entries.
    ///
    /// Repeats the first call's parameters with the server's cursor. Resolves to null if there is no
    /// next page. Rejects if the server's link points to another origin: the token is not sent there.
    /// `MastodonIllegalArgumentError` for a value that is neither a page nor a stored `pagination`.
    ///
    /// With `since_id` or `min_id` in the first call, pages end at that id. `extra` is sent with this page
    /// and those that continue it.
    ///
    /// [documentation](https://docs.joinmastodon.org/api/guidelines/#pagination)
    fetch_next as fetchNext(previous_page: AnyPage; RequestOptions) -> Option<Object>
        where [
            "<P extends Paginated>(previous_page: P, options?: RequestOptions | null): Promise<P | null>",
            "<T = unknown>(previous_page: Pagination | PaginationInfo, options?: RequestOptions | null): Promise<Page<T> | null>"
        ] =
        local() => run(fetch_next);

    /// The previous page: newer entries. Otherwise like `fetchNext`.
    ///
    /// [documentation](https://docs.joinmastodon.org/api/guidelines/#pagination)
    fetch_previous as fetchPrevious(next_page: AnyPage; RequestOptions) -> Option<Object>
        where [
            "<P extends Paginated>(next_page: P, options?: RequestOptions | null): Promise<P | null>",
            "<T = unknown>(next_page: Pagination | PaginationInfo, options?: RequestOptions | null): Promise<Page<T> | null>"
        ] =
        local() => run(fetch_previous);

    /// All entries from a page on, in one list: the page's own first, then those of every page after it.
    /// A long timeline needs many requests; `timeout` limits all of them together. Rejects as `fetchNext`
    /// does, and after 10,000 pages; iterators have no such limit.
    ///
    /// [documentation](https://docs.joinmastodon.org/api/guidelines/#pagination)
    fetch_remaining as fetchRemaining(first_page: AnyPage; RequestOptions) -> Vec<Object>
        where [
            "<T>(first_page: Page<T>, options?: RequestOptions | null): Promise<T[]>",
            "<T = unknown>(first_page: Pagination | PaginationInfo, options?: RequestOptions | null): Promise<T[]>"
        ] =
        local() => run(fetch_remaining);

    /// One direction of a page's `pagination`, as plain JSON, or null if the page does not continue in
    /// that direction. It can be stored and passed to `fetchNext` or an iterator later. Nothing is sent.
    ///
    /// [documentation](https://docs.joinmastodon.org/api/guidelines/#pagination)
    get_pagination_info as getPaginationInfo(page: AnyPage, pagination_direction: PaginationDirection; NoOptions) -> Option<Object>
        where ["(page: Paginated | Pagination, pagination_direction: PaginationDirection): Promise<PaginationInfo | null>"] =
        local() => run(get_pagination_info);

    /// Every entry from a page on, page after page, for `for await`. Pages are requested when they are
    /// reached. Ends after the last page, where a request would repeat an earlier one, and after ten
    /// empty pages in a row.
    ///
    /// [documentation](https://docs.joinmastodon.org/api/guidelines/#pagination)
    sync pagination_iterator as paginationIterator(start_page: AnyPage; PaginationIteratorOptions) -> AsyncIterator
        where [
            "<T>(start_page: Page<T>, options?: (PaginationIteratorOptions & { return_pagination_info?: false | null }) | null): AsyncGenerator<T, void, undefined>",
            "<T>(start_page: Page<T>, options: PaginationIteratorOptions & { return_pagination_info: true }): AsyncGenerator<[entry: T, info: PaginationInfo | null], void, undefined>",
            "<T = unknown>(start_page: Pagination | PaginationInfo, options?: PaginationIteratorOptions | null): AsyncGenerator<T, void, undefined>"
        ] =
        local() => run(pagination_iterator);

    /// Every page from a page on, itself included, for `for await`. Otherwise like `paginationIterator`.
    ///
    /// [documentation](https://docs.joinmastodon.org/api/guidelines/#pagination)
    sync pagination_page_iterator as paginationPageIterator(start_page: AnyPage; PaginationIteratorOptions) -> AsyncIterator
        where [
            "<P extends Paginated>(start_page: P, options?: (PaginationIteratorOptions & { return_pagination_info?: false | null }) | null): AsyncGenerator<P, void, undefined>",
            "<P extends Paginated>(start_page: P, options: PaginationIteratorOptions & { return_pagination_info: true }): AsyncGenerator<[page: P, info: PaginationInfo | null], void, undefined>",
            "<T = unknown>(start_page: Pagination | PaginationInfo, options?: PaginationIteratorOptions | null): AsyncGenerator<Page<T>, void, undefined>"
        ] =
        local() => run(pagination_page_iterator);
}

fn fetch_next(call: Call) -> Result<Work, Error> {
    one(call, "previous_page", Direction::Next)
}

fn fetch_previous(call: Call) -> Result<Work, Error> {
    one(call, "next_page", Direction::Previous)
}

fn one(call: Call, name: &'static str, direction: Direction) -> Result<Work, Error> {
    let method = call.name();
    let info = page::info_of(method, name, &call.get(name), direction)?;
    page::add_params(&info, call.extra());
    Ok(Box::pin(async move {
        walk::follow(&call.scope, method, &info).await
    }))
}

/// How many pages are put into one list: a server may have no last one.
const MOST_PAGES: u32 = 10_000;

fn fetch_remaining(call: Call) -> Result<Work, Error> {
    let method = call.name();
    let mut walk = Walk::new(
        method,
        "first_page",
        &call.get("first_page"),
        Direction::Next,
    )?
    .with_extra(call.extra());
    Ok(Box::pin(async move {
        let entries = Array::new();
        let mut pages = 0;
        while let Some((page, _)) = walk.next(&call.scope).await? {
            pages += 1;
            if pages > MOST_PAGES {
                return Err(Error::new(
                    Class::Api,
                    &[
                        method,
                        ": there are more than 10,000 pages; `paginationIterator` goes on",
                    ],
                ));
            }
            for entry in walk::entries_of(method, &page)?.iter() {
                entries.push(&entry);
            }
        }
        Ok(entries.into())
    }))
}

fn get_pagination_info(call: Call) -> Result<Work, Error> {
    let direction = Direction::of_name(call.text("pagination_direction").as_deref());
    let info = page::info_of(call.name(), "page", &call.get("page"), direction)?;
    Ok(Box::pin(async move { Ok(info) }))
}

fn pagination_iterator(client: &Rc<Client>, arguments: Arguments) -> Result<JsValue, Error> {
    iterator("paginationIterator", true, client, arguments)
}

fn pagination_page_iterator(client: &Rc<Client>, arguments: Arguments) -> Result<JsValue, Error> {
    iterator("paginationPageIterator", false, client, arguments)
}

/// The call begins with the first step, since an iterator may never be taken up.
fn iterator(
    method: &'static str,
    entries: bool,
    client: &Rc<Client>,
    mut arguments: Arguments,
) -> Result<JsValue, Error> {
    let direction = Direction::of_name(arguments.text("direction").as_deref());
    let walk = Walk::new(
        method,
        "start_page",
        &arguments.get("start_page"),
        direction,
    )?
    .with_extra(&copy_entries(method, "extra", &arguments.take("extra"))?);
    let steps = Steps {
        entries,
        with_info: arguments.take_flag("return_pagination_info"),
        reversed: false,
    };
    let (signal, timeout) = (arguments.take("signal"), arguments.take_timeout(method)?);
    let client = client.clone();
    let opening = async move { Ok((Scope::new(&client, method, signal, timeout)?, walk)) };
    Ok(walk::iterator(method, steps, Box::pin(opening)))
}
