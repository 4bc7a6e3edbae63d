/** The body of an upload: `multipart/form-data` with one file. */
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import type { Frame } from "./csvSource.js"

const encoder = new TextEncoder()

// As browsers do: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
const quoted = (name: string): string => name.replace(/["\r\n]/g, encodeURIComponent)

/** Returns what a body has before and after the CSV of a file. Its boundary is random. */
export const fileFrame = (fileName: string): Effect.Effect<Frame> =>
  Effect.map(
    Effect.replicateEffect(Random.nextIntBetween(0, 0x1_0000_0000), 4),
    (numbers) => {
      const boundary = `effect-datarobot-${numbers.map((one) => one.toString(16).padStart(8, "0")).join("")}`
      return {
        contentType: `multipart/form-data; boundary=${boundary}`,
        before: encoder.encode(
          `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${quoted(fileName)}"\r\n` +
            "content-type: text/csv\r\n\r\n"
        ),
        after: encoder.encode(`\r\n--${boundary}--\r\n`)
      }
    }
  )
