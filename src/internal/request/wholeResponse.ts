/** The response of a client that buffers whole bodies. */
import * as Cookies from "@effect/platform/Cookies"
import * as Headers from "@effect/platform/Headers"
import * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as HttpIncomingMessage from "@effect/platform/HttpIncomingMessage"
import * as Effect from "effect/Effect"
import * as Inspectable from "effect/Inspectable"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { BodyResult, ReceivedHeaders } from "./directClient.js"

type Read<A> = Effect.Effect<A, HttpClientError.ResponseError>

// The only header that matters for reading the body. A value that is not ASCII is dropped, because `Response` throws on
// it: older versions of undici decode headers as UTF-8, and `Response` requires bytes.
const contentTypeOf = ({ "content-type": type = "" }: Headers.Headers) => ({
  "content-type": /^[\x20-\x7e]*$/.test(type) ? type : ""
})

/** A response whose body was already read, or failed to be read. */
export class WholeResponse extends Inspectable.Class implements HttpClientResponse.HttpClientResponse {
  readonly [HttpClientResponse.TypeId]: HttpClientResponse.TypeId = HttpClientResponse.TypeId
  readonly [HttpIncomingMessage.TypeId]: HttpIncomingMessage.TypeId = HttpIncomingMessage.TypeId
  readonly request: HttpClientRequest.HttpClientRequest
  readonly status: number
  readonly headers: Headers.Headers
  private readonly received: ReceivedHeaders
  private readonly body: BodyResult

  constructor(
    request: HttpClientRequest.HttpClientRequest,
    status: number,
    received: ReceivedHeaders,
    body: BodyResult
  ) {
    super()
    this.request = request
    this.status = status
    this.received = received
    this.body = body
    this.headers = Headers.fromInput(received)
  }

  get remoteAddress(): Option.Option<string> {
    return Option.none()
  }

  get cookies(): Cookies.Cookies {
    return Cookies.fromSetCookie(this.received["set-cookie"] ?? [])
  }

  get arrayBuffer(): Read<ArrayBuffer> {
    return this.read((response) => response.arrayBuffer)
  }

  get text(): Read<string> {
    return this.read((response) => response.text)
  }

  get json(): Read<unknown> {
    return this.read((response) => response.json)
  }

  get urlParamsBody(): HttpClientResponse.HttpClientResponse["urlParamsBody"] {
    return this.read((response) => response.urlParamsBody)
  }

  get formData(): Read<FormData> {
    return this.read((response) => response.formData)
  }

  get stream(): Stream.Stream<Uint8Array, HttpClientError.ResponseError> {
    return Stream.unwrap(this.read((response) => Effect.succeed(response.stream)))
  }

  toJSON(): unknown {
    return HttpIncomingMessage.inspect(this, {
      _id: "@effect/platform/HttpClientResponse",
      request: this.request.toJSON(),
      status: this.status
    })
  }

  private fail(cause: unknown): Read<never> {
    return Effect.fail(
      new HttpClientError.ResponseError({ request: this.request, response: this, reason: "Decode", cause })
    )
  }

  /** Reads the body with the platform's own accessors for JSON, forms and streams. */
  private read<A>(as: (response: HttpClientResponse.HttpClientResponse) => Read<A>): Read<A> {
    const { body } = this
    if (body === "too large") return this.fail(new Error("the body is larger than maxBodySize"))
    if ("broken" in body) return this.fail(body.broken)
    // Without the status, because `Response` throws on some. So errors are rebuilt to refer to this response.
    const response = new Response(body.bytes.slice(), { headers: contentTypeOf(this.headers) })
    return Effect.catchAll(as(HttpClientResponse.fromWeb(this.request, response)), ({ cause }) => this.fail(cause))
  }
}
