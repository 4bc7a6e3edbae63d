/**
 * What an operation returns whose result arrives bit by bit: an async iterable, which is also a web stream if wanted. It
 * can be read once. The operation starts when it is read, and ends when the loop or the web stream ends.
 *
 * @since 0.1.0
 */
export interface IterableStream<A> extends AsyncIterable<A> {
  /** Returns the items as a web stream. Cancelling it ends the operation. */
  readonly toReadableStream: () => ReadableStream<A>
}
