//! Filters: <https://docs.joinmastodon.org/methods/filters/>

use crate::api::declare::{methods, rows};
use crate::api::endpoint::{code, delete, get, post, put};
use crate::entities::{FilterAction, FilterContext};
use crate::params::{Argument, Id, Kind, RequestOptions, Text, WriteOptions, argument, options};
use wasm_bindgen::prelude::*;

const CONTEXTS: &[&str] = &["home", "notifications", "public", "thread", "account"];
const V1_CONTEXTS: &[&str] = &["home", "notifications", "public", "thread"];

impl Argument for FilterAction {
    const KIND: Kind = Kind::Text;
}
impl Argument for Vec<FilterContext> {
    const KIND: Kind = Kind::Texts;
}
impl Argument for Vec<FilterKeywordAttributes> {
    const KIND: Kind = Kind::Records(<FilterKeywordAttributes as crate::params::Options>::TABLE);
}

argument! {
    /// Several of the places that filters of the first version know.
    FilterContextsV1: "FilterContextsV1" = "readonly (\"home\" | \"notifications\" | \"public\" | \"thread\")[]" => Kind::ManyOf(V1_CONTEXTS);
    /// Where a filter applies.
    FilterContexts: "FilterContexts" = "readonly FilterContext[]" => Kind::Texts;
}

options! {
    /// A keyword of a filter that is made or changed.
    // The server's own name.
    #[allow(clippy::pub_underscore_fields)]
    bare FilterKeywordAttributes {
        /// The keyword to change; a new one is added where it is not said.
        id: Id,
        /// What to look for.
        keyword: String,
        /// Whether to look for whole words alone.
        whole_word: bool,
        /// Takes the keyword out of the filter.
        _destroy: bool,
    }

    /// Options of `filterCreate`.
    post FilterCreateOptions {
        /// Drop for good what matches, at home and in notifications.
        irreversible: bool,
        /// Look for whole words alone; `true` when it is not said.
        whole_word: bool,
        /// Seconds until the filter ends; it stays when it is not said.
        expires_in: u32,
    }

    /// Options of `filterUpdate`.
    post FilterUpdateOptions {
        /// What to look for.
        phrase: String,
        /// Where to filter.
        context: FilterContextsV1,
        /// Drop for good what matches, at home and in notifications.
        irreversible: bool,
        /// Look for whole words alone.
        whole_word: bool,
        /// Seconds until the filter ends.
        expires_in: u32,
    }

    /// Options of `createFilterV2`.
    post CreateFilterV2Options {
        /// Seconds until the filter ends; it stays when it is not said.
        expires_in: u32,
        /// What to look for.
        keywords_attributes: Vec<FilterKeywordAttributes>,
    }

    /// Options of `updateFilterV2`. What is not given stays as it is.
    post UpdateFilterV2Options {
        /// What you call it.
        title: String,
        /// Where to filter.
        context: Vec<FilterContext>,
        /// What to do with what matches.
        filter_action: FilterAction,
        /// Seconds until the filter ends.
        expires_in: u32,
        /// Keywords to add, to change (by `id`) or to take out (by `id`, with `_destroy`).
        keywords_attributes: Vec<FilterKeywordAttributes>,
    }

    /// Options of `addFilterKeywordV2`.
    post AddFilterKeywordV2Options {
        /// Look for whole words alone.
        whole_word: bool,
    }

    /// Options of `updateFilterKeywordV2`.
    post UpdateFilterKeywordV2Options {
        /// Look for whole words alone.
        whole_word: bool,
    }
}

methods! {
    /// The filters of the account, in the form of the first version.
    ///
    /// `GET /api/v1/filters` · scope `read:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#get-v1)
    ///
    /// @deprecated since 4.0.0: see `filtersV2`.
    filters(; RequestOptions) -> "Filter[]" = get("/api/v1/filters").since([2, 4, 3], [2, 4, 3]);

    /// One filter, in the form of the first version.
    ///
    /// `GET /api/v1/filters/{id}` · scope `read:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#get-one-v1)
    ///
    /// @deprecated since 4.0.0: see `filterV2`.
    filter(id: Id; RequestOptions) -> "Filter" = get("/api/v1/filters/{id}").since([2, 4, 3], [2, 4, 3]);

    /// Makes a filter of the first version: for one phrase, in one or more places.
    ///
    /// `POST /api/v1/filters` · scope `write:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#create-v1)
    ///
    /// @deprecated since 4.0.0: see `createFilterV2`.
    filterCreate(phrase: Text, context: FilterContextsV1; FilterCreateOptions) -> "Filter" =
        post("/api/v1/filters").since([2, 4, 3], [2, 4, 3]).default(&[("whole_word", "true")]);

    /// Changes a filter of the first version.
    ///
    /// `PUT /api/v1/filters/{id}` · scope `write:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#update-v1)
    ///
    /// Servers want `phrase` and `context` with every change.
    ///
    /// @deprecated since 4.0.0: see `updateFilterV2`.
    filterUpdate(id: Id; FilterUpdateOptions) -> "Filter" =
        put("/api/v1/filters/{id}").since([2, 4, 3], [2, 4, 3]);

    /// Deletes a filter of the first version.
    ///
    /// `DELETE /api/v1/filters/{id}` · scope `write:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#delete-v1)
    ///
    /// @deprecated since 4.0.0: see `deleteFilterV2`.
    filterDelete(id: Id; WriteOptions) -> "void" =
        delete("/api/v1/filters/{id}").since([2, 4, 3], [2, 4, 3]).nothing();

    /// The filters of the account.
    ///
    /// `GET /api/v2/filters` · scope `read:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#get)
    filtersV2(; RequestOptions) -> "FilterV2[]" = get("/api/v2/filters").since([4, 0, 0], [4, 0, 0]);

    /// One filter.
    ///
    /// `GET /api/v2/filters/{filter_id}` · scope `read:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#get-one)
    filterV2(filter_id: Id; RequestOptions) -> "FilterV2" =
        get("/api/v2/filters/{filter_id}").since([4, 0, 0], [4, 0, 0]);

    /// Changes a filter.
    ///
    /// `PUT /api/v2/filters/{filter_id}` · scope `write:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#update)
    updateFilterV2(filter_id: Id; UpdateFilterV2Options) -> "FilterV2" =
        put("/api/v2/filters/{filter_id}").since([4, 0, 0], [4, 0, 0]).json();

    /// Deletes a filter.
    ///
    /// `DELETE /api/v2/filters/{filter_id}` · scope `write:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#delete)
    deleteFilterV2(filter_id: Id; WriteOptions) -> "void" =
        delete("/api/v2/filters/{filter_id}").since([4, 0, 0], [4, 0, 0]).nothing();

    /// The keywords of a filter.
    ///
    /// `GET /api/v2/filters/{filter_id}/keywords` · scope `read:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#keywords-get)
    filterKeywordsV2(filter_id: Id; RequestOptions) -> "FilterKeyword[]" =
        get("/api/v2/filters/{filter_id}/keywords").since([4, 0, 0], [4, 0, 0]);

    /// One keyword.
    ///
    /// `GET /api/v2/filters/keywords/{keyword_id}` · scope `read:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#keywords-get-one)
    filterKeywordV2(keyword_id: Id; RequestOptions) -> "FilterKeyword" =
        get("/api/v2/filters/keywords/{keyword_id}").since([4, 0, 0], [4, 0, 0]);

    /// Takes a keyword out of its filter.
    ///
    /// `DELETE /api/v2/filters/keywords/{keyword_id}` · scope `write:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#keywords-delete)
    deleteFilterKeywordV2(keyword_id: Id; WriteOptions) -> "void" =
        delete("/api/v2/filters/keywords/{keyword_id}").since([4, 0, 0], [4, 0, 0]).nothing();

    /// The statuses that a filter names.
    ///
    /// `GET /api/v2/filters/{filter_id}/statuses` · scope `read:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#statuses-get)
    filterStatusesV2(filter_id: Id; RequestOptions) -> "FilterStatus[]" =
        get("/api/v2/filters/{filter_id}/statuses").since([4, 0, 0], [4, 0, 0]);

    /// Makes a filter.
    ///
    /// `POST /api/v2/filters` · scope `write:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#create)
    ///
    /// It matches nothing until it has keywords or statuses: give `keywords_attributes`, or see
    /// `addFilterKeywordV2` and `addFilterStatusV2`. `"blur"` since 4.4.0.
    createFilterV2(title: Text, context: FilterContexts, filter_action: FilterAction; CreateFilterV2Options) -> "FilterV2" =
        post("/api/v2/filters").since([4, 0, 0], [4, 0, 0]).json();

    /// Adds a keyword to a filter.
    ///
    /// `POST /api/v2/filters/{filter_id}/keywords` · scope `write:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#keywords-create)
    addFilterKeywordV2(filter_id: Id, keyword: Text; AddFilterKeywordV2Options) -> "FilterKeyword" =
        post("/api/v2/filters/{filter_id}/keywords").since([4, 0, 0], [4, 0, 0]);

    /// Changes a keyword.
    ///
    /// `PUT /api/v2/filters/keywords/{keyword_id}` · scope `write:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#keywords-update)
    updateFilterKeywordV2(keyword_id: Id, keyword: Text; UpdateFilterKeywordV2Options) -> "FilterKeyword" =
        put("/api/v2/filters/keywords/{keyword_id}").since([4, 0, 0], [4, 0, 0]);

    /// One status that a filter names, by the id of the entry, which is not that of the status.
    ///
    /// `GET /api/v2/filters/statuses/{filter_status_id}` · scope `read:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#statuses-get-one)
    filterStatusV2(filter_status_id: Id; RequestOptions) -> "FilterStatus" =
        get("/api/v2/filters/statuses/{filter_status_id}").since([4, 0, 0], [4, 0, 0]);

    /// Adds a status to a filter.
    ///
    /// `POST /api/v2/filters/{filter_id}/statuses` · scope `write:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#statuses-add)
    addFilterStatusV2(filter_id: Id, status_id: Id; WriteOptions) -> "FilterStatus" =
        post("/api/v2/filters/{filter_id}/statuses").since([4, 0, 0], [4, 0, 0]);

    /// Takes a status out of a filter, by the id of the entry, which is not that of the status.
    ///
    /// `DELETE /api/v2/filters/statuses/{filter_status_id}` · scope `write:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#statuses-remove)
    deleteFilterStatusV2(filter_status_id: Id; WriteOptions) -> "void" =
        delete("/api/v2/filters/statuses/{filter_status_id}").since([4, 0, 0], [4, 0, 0]).nothing();
}

rows! {
    filtersApply(objects: Kind::Anything, filters: Kind::Anything, context: Kind::OneOf(CONTEXTS); &[]) = code();
}

#[wasm_bindgen(typescript_custom_section)]
const OVERLOADS: &str = include_str!("filters.d.ts");
