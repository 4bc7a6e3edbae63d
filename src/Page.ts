/**
 * Pages of a listing.
 *
 * @since 0.1.0
 */

/**
 * One page of a listing. Pass `next` to the same operation to get the next page.
 *
 * @since 0.1.0
 */
export interface Page<Item, Query> {
  /** The items of this page. */
  readonly data: ReadonlyArray<Item>
  /** The query for the next page. `undefined` on the last page. */
  readonly next: Query | undefined
  /** The query for the previous page. `undefined` on the first page. */
  readonly previous: Query | undefined
  /** The number of items on all pages. `undefined` if the server does not send it. */
  readonly totalCount: number | undefined
}
