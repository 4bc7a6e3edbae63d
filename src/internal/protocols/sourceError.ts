/** An error of the stream of a caller. It can have any type, also that of the operation's own errors. */
export class SourceError<E> {
  readonly error: E
  constructor(error: E) {
    this.error = error
  }
}
