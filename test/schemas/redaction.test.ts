/** Removing secrets from the text of a server or an HTTP client (S-4, S-10). */
import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { makeRedactor, placeholder } from "../../src/wire/redaction.js"
import { runs } from "../effort.js"
import { piecesOf } from "../support.js"
import { echoes } from "../wire/echoes.js"
import { compositions, tokens } from "../wire/encodings.js"

const awkward = "tok/en+with%\"quotes\\and="
const html = "to<ken>&'\"0"
const redactor = makeRedactor(awkward)

describe("A redactor", () => {
  for (
    const [form, text] of [
      ["unchanged", awkward],
      ["in a URL", encodeURIComponent(awkward)],
      ["in JSON", JSON.stringify(awkward).slice(1, -1)],
      ["in base64", btoa(awkward)]
    ] as const
  ) {
    it(`replaces every occurrence of the token ${form}`, () => {
      assert.strictEqual(redactor.text(`a ${text} b ${text}${text}`), `a ${placeholder} b ${placeholder}${placeholder}`)
    })
  }

  for (
    const [form, text] of [
      ["names", "to&lt;ken&gt;&amp;&apos;&quot;0"],
      ["numbers", "to&#60;ken&#062;&#38;&#39;&#34;0"],
      ["hexadecimal numbers", "to&#x3C;ken&#X3e;&#x26;&#x027;&#x22;0"]
    ] as const
  ) {
    it(`replaces the token in HTML with character references by ${form}`, () => {
      assert.strictEqual(makeRedactor(html).text(`<b>${text}</b>`), `<b>${placeholder}</b>`)
    })
  }

  it("replaces base64 with removed or encoded padding", () => {
    const token = `${awkward}+`
    const padded = btoa(token)
    assert.include(padded, "=")
    const { text } = makeRedactor(token)
    assert.strictEqual(text(padded.replace(/=+$/, "")), placeholder)
    assert.strictEqual(text(padded.replace(/=+$/, "%3D")), `${placeholder}%3D`)
  })

  const slashed = "NjE:wQ7/tZ4en+_s3cReT="
  // What a form adds to the token, and what hides a part of it.
  const additions: Readonly<Record<string, readonly [before: string, after: string]>> = {
    "as JSON": ["\"", "\""],
    "as PHP's JSON": ["\"", "\""],
    "as Go's JSON": ["\"", "\""],
    "as Rails's JSON": ["\"", "\""],
    "as JSON in JSON": ["\"\\\"", "\\\"\""],
    "as a form field": ["token=", ""],
    "as base64": ["", "=="],
    "as base64 in lines": ["", "=="],
    "as base64 in a URL": ["", "%3D%3D"]
  }
  for (const [form, echo] of Object.entries(echoes)) {
    // The neighbours in base64 share digits with the token.
    if (/ of the header| of the URL|later| in base64/.test(form)) continue
    it(`replaces exactly the token ${form}, and nothing around it`, () => {
      const [before, after] = additions[form] ?? ["", ""]
      assert.strictEqual(
        makeRedactor(slashed).text(`İ(${echo(slashed)})é ${echo(slashed)}`),
        `İ(${before}${placeholder}${after})é ${before}${placeholder}${after}`
      )
    })
  }

  it("leaves what is before and after the token in base64", () => {
    const encoded = makeRedactor(slashed).text(btoa(`user:password:${slashed}:and more`))
    const [before = "", after = ""] = encoded.split(placeholder)
    // The token shares a digit with the colon before it.
    assert.strictEqual(atob(before), "user:password")
    assert.strictEqual(atob(after), ":and more")
  })

  it("decodes each character reference by name in HTML", () => {
    const names =
      "&amp <lt >gt \"quot 'apos !excl #num $dollar %percnt (lpar )rpar *ast *midast +plus ,comma .period /sol :colon " +
      ";semi =equals ?quest @commat [lbrack [lsqb \\bsol ]rbrack ]rsqb ^Hat _lowbar _UnderBar `grave `DiacriticalGrave " +
      "{lbrace {lcub |verbar |vert |VerticalLine }rbrace }rcub"
    for (const [char = "", ...name] of names.split(" ")) {
      assert.strictEqual(makeRedactor(`token${char}token`).text(`token&${name.join("")};token`), placeholder)
    }
  })

  it("finds hex and base64 after what looks like the beginning of an escape", () => {
    const secret = "s3cret-token-of-tests"
    const { text } = makeRedactor(secret)
    const digits = Array.from(secret, (char) => char.charCodeAt(0).toString(16)).join("")
    for (const before of ["\\x", "\\\\x", "\\u", "100%", "&#", "%"]) {
      assert.strictEqual(text(`the key ${before}${digits} is wrong`), `the key ${before}<redacted> is wrong`)
    }
    assert.notInclude(text(`100%${btoa(secret)}`), btoa(secret).slice(4, 20))
  })

  it("does not decode what is not an escape", () => {
    for (
      const text of ["5b%4", "5b%zz", "&amp", "&none;", "&#;", "&#xzz;", "\\u00", "\\xz", "&;", "&#99999999999;", "\\"]
    ) {
      assert.strictEqual(redactor.text(text), text)
      assert.strictEqual(redactor.text(`${text} ${awkward}${text}`), `${text} ${placeholder}${text}`, text)
    }
  })

  it("finds a token that looks like an escape", () => {
    for (const escape of ["%41", "&lt;", "\\u0041", "\\n", "x41&#x41;", "%", "&", "\\"]) {
      for (const token of [`${escape}-s3cr3t`, `s3cr3t-${escape}`]) {
        for (const echo of Object.values(echoes)) {
          const clean = makeRedactor(token).text(`(${echo(token)})`)
          assert.notInclude(clean, "s3cr3t", echo(token))
          assert.include(clean, placeholder, echo(token))
        }
      }
    }
  })

  it("replaces several secrets, also if they overlap", () => {
    const both = makeRedactor("Basic c2VjcmV0", "c2VjcmV0")
    assert.strictEqual(both.text("a Basic c2VjcmV0 b c2VjcmV0"), `a ${placeholder} b ${placeholder}`)
    assert.strictEqual(makeRedactor("abcdefgh", "efghijkl").text("-abcdefghijkl-"), `-${placeholder}-`)
    const more = makeRedactor("abcdefgh").and(["ijklmnop"])
    assert.strictEqual(more.text("abcdefgh ijklmnop"), `${placeholder} ${placeholder}`)
    assert.strictEqual(makeRedactor().text("abcdefgh"), "abcdefgh")
  })

  it("is made once for the same additional secrets", () => {
    const one = makeRedactor("abcdefgh")
    assert.strictEqual(one.and(["ijklmnop"]), one.and(["ijklmnop"]))
    assert.notStrictEqual(one.and(["ijklmnop"]), one.and(["qrstuvwx"]))
  })

  it("replaces a number of digits in JSON", () => {
    assert.deepStrictEqual(makeRedactor("1234567890").json([1, 1234567890, "1234567890"]), [
      1,
      placeholder,
      placeholder
    ])
  })

  it("keeps strings apart in JSON, also if they contain NUL", () => {
    const { json } = makeRedactor("abcdefgh")
    const value = { "a\0b": ["abcd", "efgh", "\0abcdefgh\0", "", "x\\"], abcdefgh: "abcdefgh", end: "\0" }
    assert.deepStrictEqual(json(value), {
      "a\0b": ["abcd", "efgh", `\0${placeholder}\0`, "", "x\\"],
      [placeholder]: placeholder,
      end: "\0"
    })
  })

  it("replaces a text of more than 1 MiB as a whole", () => {
    assert.strictEqual(redactor.text("-".repeat(1024 * 1024)), "-".repeat(1024 * 1024))
    assert.strictEqual(redactor.text("-".repeat(1024 * 1024 + 1)), placeholder)
  })

  it("leaves other texts unchanged", () => {
    const value = { a: "text", b: [1, null, true, { c: "token" }] }
    assert.deepStrictEqual(redactor.json(value), value)
    assert.strictEqual(redactor.text("tok/en"), "tok/en")
  })

  it("replaces the token in values and keys of JSON", () => {
    assert.deepStrictEqual(redactor.json({ [awkward]: [awkward, { deep: `x${awkward}` }] }), {
      [placeholder]: [placeholder, { deep: `x${placeholder}` }]
    })
  })

  it("does not treat the token as a pattern", () => {
    assert.strictEqual(makeRedactor(".*.*.*.*").text("anything $& .*.*.*.*"), `anything $& ${placeholder}`)
    assert.strictEqual(makeRedactor("$&$&$&$&").text("a$&$&$&$&b"), `a${placeholder}b`)
  })

  it.prop(
    "removes any token from any surrounding text",
    [
      FastCheck.stringMatching(/^[\x21-\x7e]{8,60}$/),
      FastCheck.string(),
      FastCheck.string(),
      FastCheck.constantFrom<(token: string) => string>(
        (token) => token,
        encodeURIComponent,
        btoa,
        (token) => JSON.stringify(token).slice(1, -1)
      )
    ],
    ([token, before, after, form]) => {
      // A token that also occurs in the placeholder, in the surrounding text or in its own repetition can't be tested.
      FastCheck.pre(!`${placeholder}${before}${after}`.includes(token))
      const text = makeRedactor(token).text(`${before} ${form(token)} ${after}`)
      assert.notInclude(text, token)
      assert.notInclude(text, form(token))
      assert.include(text, placeholder)
    }
  )

  it.prop(
    "removes any token from any composition of encodings",
    [tokens, compositions],
    ([token, { decode, encode }]) => {
      const lower = (text: string) => text.toLowerCase()
      const text = `Invalid: ${encode(token)}, says the server`
      // The decoder of the test finds it if it is not removed.
      assert.include(lower(decode(text)), lower(token))
      const clean = makeRedactor(token).text(text)
      assert.include(clean, placeholder)
      const decoded = lower(decode(clean))
      for (const piece of piecesOf(lower(token))) {
        if (!lower(decode(`Invalid: ${placeholder}, says the server`)).includes(piece)) {
          assert.notInclude(decoded, piece)
        }
      }
    },
    { timeout: 60_000, fastCheck: { numRuns: runs(500, 20_000) } }
  )
})

describe("The work of a redactor", () => {
  const size = 1024 * 1024
  const filled = (part: string) => part.repeat(Math.ceil(size / part.length)).slice(0, size)
  const secret = makeRedactor("s3cr3t-k")
  const hostile: Readonly<Record<string, string>> = {
    "percent signs": filled("%"),
    "nested percent escapes": `%${filled("25")}`.slice(0, size),
    "percent escapes": filled("%25"),
    "beginnings of character references": filled("&#"),
    "character references": filled("&amp;"),
    "long character references": filled("&aaaaaaaaaaaaaaaaaaaaaaaa"),
    "backslashes": filled("\\"),
    "unicode escapes": filled("\\u005c"),
    "base64 digits": filled("VQ9"),
    "one base64 digit": filled("V"),
    "hexadecimal digits": filled("61"),
    "base64 of text": btoa(filled("text ")).slice(0, size),
    "base64 of base64": btoa(btoa(filled("text "))).slice(0, size),
    "base64 of short texts": btoa(filled("abcdefgh\u0001")).slice(0, size),
    "short base64": filled("YWJjZGVmZ2hp "),
    "beginnings of the secret": filled("s3cr3t-"),
    "secrets": filled("s3cr3t-k "),
    "secrets in base64": filled(`${btoa("(s3cr3t-k)")} `)
  }
  // Milliseconds of processor time of some runs, so that other processes do not matter.
  const costs = (work: () => unknown) =>
    Array.from({ length: 3 }, () => {
      const start = process.cpuUsage()
      work()
      const { system, user } = process.cpuUsage(start)
      return (system + user) / 1000
    })
  const list = `[${"1,".repeat(size / 2)}1]`
  for (const [what, text] of Object.entries(hostile)) {
    // A pattern that backtracks, or a search of each part in each other part, would take a million times as long.
    it(`is less than 200 times that of parsing a list of the same length, for ${what}`, () => {
      // The least and the most, because the clock of the processor time is coarse, and the time of the other threads of
      // this process counts too.
      const parsing = Math.max(...costs(() => JSON.parse(list)))
      assert.isBelow(Math.min(...costs(() => secret.text(text))), 200 * parsing)
    })
  }
})
