//! Filters: <https://docs.joinmastodon.org/methods/filters/>

use crate::api::declare::methods;
use crate::endpoint::{delete, get, local, post, put};
use crate::entities::{
    Filter, FilterAction, FilterContext, FilterKeyword, FilterStatus, FilterV2, Status,
};
use crate::params::{
    Argument, Id, Kind, NoOptions, Options, RequestOptions, Text, WriteOptions, argument, options,
};

impl Argument for FilterAction {
    const KIND: Kind = Kind::Open(Self::NAMES);
}
impl Argument for Vec<FilterContext> {
    const KIND: Kind = Kind::ManyOpen(FilterContext::NAMES);
}
impl Argument for Vec<FilterKeywordAttributes> {
    const KIND: Kind = Kind::Records(FilterKeywordAttributes::TABLE);
}

argument! {
    /// Where a filter of the first version applies.
    FilterContextsV1: "FilterContextsV1" = "readonly FilterContext[]" => Kind::ManyOpen(FilterContext::NAMES);
    /// Where a filter applies.
    FilterContexts: "FilterContexts" = "readonly FilterContext[]" => Kind::ManyOpen(FilterContext::NAMES);
    /// Statuses, or things that hold one.
    Filterable: "unknown" => Kind::Anything;
    /// One of the known contexts.
    KnownContext: "FilterContext" => Kind::Closed(FilterContext::NAMES);
    /// Filters of either version.
    AnyFilters: "ReadonlyArray<Filter | FilterV2>" => Kind::Anything;
}

options! {
    /// A keyword of a filter that is created or updated.
    // The server's own name.
    #[allow(clippy::pub_underscore_fields)]
    bare FilterKeywordAttributes {
        /// The keyword to change. Without it, a new one is added.
        id: Id,
        /// The word or phrase.
        keyword: String,
        /// Whether to match whole words only.
        whole_word: bool,
        /// Removes the keyword from the filter.
        _destroy: bool,
    }

    /// Options of `filterCreate`.
    post FilterCreateOptions {
        /// Whether the server drops matching statuses from home and notifications for good.
        irreversible: bool,
        /// Whether to match whole words only. Default: `true`.
        whole_word: bool,
        /// Seconds until the filter expires. Default: never.
        expires_in: u32,
    }

    /// Options of `filterUpdate`.
    post FilterUpdateOptions {
        /// The phrase.
        phrase: String,
        /// Where the filter applies.
        context: FilterContextsV1,
        /// Whether the server drops matching statuses from home and notifications for good.
        irreversible: bool,
        /// Whether to match whole words only.
        whole_word: bool,
        /// Seconds until the filter expires; `null` removes the expiry.
        expires_in: Nullable<u32>,
    }

    /// Options of `createFilterV2`.
    post CreateFilterV2Options {
        /// Seconds until the filter expires. Default: never.
        expires_in: u32,
        /// The keywords of the filter.
        keywords_attributes: Vec<FilterKeywordAttributes>,
    }

    /// Options of `updateFilterV2`. Fields that are left out stay as they are.
    post UpdateFilterV2Options {
        /// The name of the filter.
        title: String,
        /// Where the filter applies.
        context: Vec<FilterContext>,
        /// What to do with matching statuses.
        filter_action: FilterAction,
        /// Seconds until the filter expires; `null` removes the expiry.
        expires_in: Nullable<u32>,
        /// Keywords to add, to change (by `id`) or to remove (by `id`, with `_destroy`).
        keywords_attributes: Vec<FilterKeywordAttributes>,
    }

    /// Options of `addFilterKeywordV2` and `updateFilterKeywordV2`.
    post FilterKeywordOptions {
        /// Whether to match whole words only.
        whole_word: bool,
    }
}

methods! {
    /// The user's filters, in the form of the first version.
    ///
    /// `GET /api/v1/filters` · scope `read:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#get-v1)
    ///
    /// @deprecated since 4.0.0: see `filtersV2`.
    filters as filters(; RequestOptions) -> Vec<Filter> = get("/api/v1/filters").since([2, 4, 3], [2, 4, 3]);

    /// One filter, in the form of the first version.
    ///
    /// `GET /api/v1/filters/{id}` · scope `read:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#get-one-v1)
    ///
    /// @deprecated since 4.0.0: see `filterV2`.
    filter as filter(id: Id; RequestOptions) -> Filter = get("/api/v1/filters/{id}").since([2, 4, 3], [2, 4, 3]);

    /// Creates a filter of the first version: for one phrase, in one or more places.
    ///
    /// `POST /api/v1/filters` · scope `write:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#create-v1)
    ///
    /// @deprecated since 4.0.0: see `createFilterV2`.
    filter_create as filterCreate(phrase: Text, context: FilterContextsV1; FilterCreateOptions) -> Filter =
        post("/api/v1/filters").since([2, 4, 3], [2, 4, 3]).default(&[("whole_word", "true")]);

    /// Updates a filter of the first version.
    ///
    /// `PUT /api/v1/filters/{id}` · scope `write:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#update-v1)
    ///
    /// Servers require `phrase` and `context` with every change.
    ///
    /// @deprecated since 4.0.0: see `updateFilterV2`.
    filter_update as filterUpdate(id: Id; FilterUpdateOptions) -> Filter =
        put("/api/v1/filters/{id}").since([2, 4, 3], [2, 4, 3]);

    /// Deletes a filter of the first version.
    ///
    /// `DELETE /api/v1/filters/{id}` · scope `write:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#delete-v1)
    ///
    /// @deprecated since 4.0.0: see `deleteFilterV2`.
    filter_delete as filterDelete(id: Id; WriteOptions) -> Nothing =
        delete("/api/v1/filters/{id}").since([2, 4, 3], [2, 4, 3]).nothing();

    /// The user's filters.
    ///
    /// `GET /api/v2/filters` · scope `read:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#get)
    filters_v2 as filtersV2(; RequestOptions) -> Vec<FilterV2> = get("/api/v2/filters").since([4, 0, 0], [4, 0, 0]);

    /// One filter.
    ///
    /// `GET /api/v2/filters/{filter_id}` · scope `read:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#get-one)
    filter_v2 as filterV2(filter_id: Id; RequestOptions) -> FilterV2 =
        get("/api/v2/filters/{filter_id}").since([4, 0, 0], [4, 0, 0]);

    /// Updates a filter.
    ///
    /// `PUT /api/v2/filters/{filter_id}` · scope `write:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#update)
    update_filter_v2 as updateFilterV2(filter_id: Id; UpdateFilterV2Options) -> FilterV2 =
        put("/api/v2/filters/{filter_id}").since([4, 0, 0], [4, 0, 0]);

    /// Deletes a filter.
    ///
    /// `DELETE /api/v2/filters/{filter_id}` · scope `write:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#delete)
    delete_filter_v2 as deleteFilterV2(filter_id: Id; WriteOptions) -> Nothing =
        delete("/api/v2/filters/{filter_id}").since([4, 0, 0], [4, 0, 0]).nothing();

    /// The keywords of a filter.
    ///
    /// `GET /api/v2/filters/{filter_id}/keywords` · scope `read:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#keywords-get)
    filter_keywords_v2 as filterKeywordsV2(filter_id: Id; RequestOptions) -> Vec<FilterKeyword> =
        get("/api/v2/filters/{filter_id}/keywords").since([4, 0, 0], [4, 0, 0]);

    /// One keyword.
    ///
    /// `GET /api/v2/filters/keywords/{keyword_id}` · scope `read:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#keywords-get-one)
    filter_keyword_v2 as filterKeywordV2(keyword_id: Id; RequestOptions) -> FilterKeyword =
        get("/api/v2/filters/keywords/{keyword_id}").since([4, 0, 0], [4, 0, 0]);

    /// Removes a keyword from its filter.
    ///
    /// `DELETE /api/v2/filters/keywords/{keyword_id}` · scope `write:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#keywords-delete)
    delete_filter_keyword_v2 as deleteFilterKeywordV2(keyword_id: Id; WriteOptions) -> Nothing =
        delete("/api/v2/filters/keywords/{keyword_id}").since([4, 0, 0], [4, 0, 0]).nothing();

    /// The statuses of a filter.
    ///
    /// `GET /api/v2/filters/{filter_id}/statuses` · scope `read:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#statuses-get)
    filter_statuses_v2 as filterStatusesV2(filter_id: Id; RequestOptions) -> Vec<FilterStatus> =
        get("/api/v2/filters/{filter_id}/statuses").since([4, 0, 0], [4, 0, 0]);

    /// Creates a filter.
    ///
    /// `POST /api/v2/filters` · scope `write:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#create)
    ///
    /// It matches nothing until it has keywords or statuses: give `keywords_attributes`, or see
    /// `addFilterKeywordV2` and `addFilterStatusV2`. `"blur"` since 4.4.0.
    create_filter_v2 as createFilterV2(title: Text, context: FilterContexts, filter_action: FilterAction; CreateFilterV2Options) -> FilterV2 =
        post("/api/v2/filters").since([4, 0, 0], [4, 0, 0]);

    /// Adds a keyword to a filter.
    ///
    /// `POST /api/v2/filters/{filter_id}/keywords` · scope `write:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#keywords-create)
    add_filter_keyword_v2 as addFilterKeywordV2(filter_id: Id, keyword: Text; FilterKeywordOptions) -> FilterKeyword =
        post("/api/v2/filters/{filter_id}/keywords").since([4, 0, 0], [4, 0, 0]);

    /// Updates a keyword.
    ///
    /// `PUT /api/v2/filters/keywords/{keyword_id}` · scope `write:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#keywords-update)
    update_filter_keyword_v2 as updateFilterKeywordV2(keyword_id: Id, keyword: Text; FilterKeywordOptions) -> FilterKeyword =
        put("/api/v2/filters/keywords/{keyword_id}").since([4, 0, 0], [4, 0, 0]);

    /// One status of a filter, by the id of the entry, which is not that of the status.
    ///
    /// `GET /api/v2/filters/statuses/{filter_status_id}` · scope `read:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#statuses-get-one)
    filter_status_v2 as filterStatusV2(filter_status_id: Id; RequestOptions) -> FilterStatus =
        get("/api/v2/filters/statuses/{filter_status_id}").since([4, 0, 0], [4, 0, 0]);

    /// Adds a status to a filter.
    ///
    /// `POST /api/v2/filters/{filter_id}/statuses` · scope `write:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#statuses-add)
    add_filter_status_v2 as addFilterStatusV2(filter_id: Id, status_id: Id; WriteOptions) -> FilterStatus =
        post("/api/v2/filters/{filter_id}/statuses").since([4, 0, 0], [4, 0, 0]);

    /// Removes a status from a filter, by the id of the entry, which is not that of the status.
    ///
    /// `DELETE /api/v2/filters/statuses/{filter_status_id}` · scope `write:filters` ·
    /// [documentation](https://docs.joinmastodon.org/methods/filters/#statuses-remove)
    delete_filter_status_v2 as deleteFilterStatusV2(filter_status_id: Id; WriteOptions) -> Nothing =
        delete("/api/v2/filters/statuses/{filter_status_id}").since([4, 0, 0], [4, 0, 0]).nothing();

    /// The statuses or notifications that no filter matches. Nothing is sent.
    ///
    /// For servers, or lists put together by the application, that are not filtered already: since
    /// 4.0.0 a server lists the matching filters in `filtered` of each status.
    ///
    /// Applies all filters of the context that have not expired, whatever their action. They are
    /// matched against content, content warning, media descriptions and poll options; of a boost,
    /// against the boosted status. `MastodonIllegalArgumentError` if `objects` is not a list, or for an
    /// unknown context.
    filters_apply as filtersApply(objects: Filterable, filters: AnyFilters, context: KnownContext; NoOptions) -> Vec<Status>
        where ["<T extends Status | { status?: Status | null }>(objects: readonly T[], filters: ReadonlyArray<Filter | FilterV2>, context: FilterContext): Promise<T[]>"] =
        local() => run(crate::filters::apply_call);
}
