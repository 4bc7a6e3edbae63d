/** Pages of a listing. */

/** One page of a listing. Give `next` to the same operation for the page after it. */
export interface Page<Item, Query> {
  /** The items of this page. */
  readonly data: ReadonlyArray<Item>
  /** What asks for the next page; `undefined` on the last one. */
  readonly next: Query | undefined
  /** What asks for the page before; `undefined` on the first one. */
  readonly previous: Query | undefined
  /** How many items there are in all, where the server tells. */
  readonly totalCount: number | undefined
}
