/**
 * A web stream of bytes or text: a `ReadableStream`.
 *
 * @since 0.1.0
 */
export interface WebStream {
  /** Returns a reader. */
  readonly getReader: () => {
    /** Reads the next chunk. */
    readonly read: () => Promise<
      {
        /** Whether the stream has ended. */
        readonly done: boolean
        /** The chunk: bytes or text. */
        readonly value?: Uint8Array | string | undefined
      }
    >
  }
}

/**
 * CSV: a text, bytes, or a stream of either, such as the result of `fs.createReadStream`.
 *
 * @since 0.1.0
 */
export type CsvSource =
  | string
  | Uint8Array
  | WebStream
  | Iterable<Uint8Array | string>
  | AsyncIterable<Uint8Array | string>
