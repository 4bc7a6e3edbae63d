/** Removing the token from the text of a server or an HTTP client (S-4). */
import { assert, describe, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import { makeRedactor, placeholder } from "../../src/wire/redaction.js"

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
})
