/**
 * A list of rows, or rows that arrive one by one.
 *
 * @since 0.1.0
 */
export type Rows<A> = Iterable<A> | AsyncIterable<A>
