/** The types of the rows of predictions. */
import { Schema } from "effect"
import { Prediction } from "effect-datarobot"
import { describe, expect, test } from "tstyche"

const id = "60a000000000000000000001"

const Customer = Schema.Struct({
  plan: Schema.Literal("basic", "pro"),
  signedUp: Schema.propertySignature(Schema.DateFromString).pipe(Schema.fromKey("signed_up"))
})

describe("Rows of a schema", () => {
  test("may be written in place, and must be values of the schema", () => {
    const signedUp = new Date("2029-05-01")
    expect(Prediction.predict).type.toBeCallableWith(id, [{ plan: "basic", signedUp }], { row: Customer })
    expect(Prediction.predict).type.not.toBeCallableWith(id, [{ plan: "other", signedUp }], { row: Customer })
    expect(Prediction.predict).type.not.toBeCallableWith(id, [{ plan: "basic" }], { row: Customer })
  })

  test("are scalars without a schema", () => {
    expect(Prediction.predict).type.toBeCallableWith(id, [{ plan: "basic", age: 3, isNew: true, region: null }])
    expect(Prediction.predict).type.not.toBeCallableWith(id, [{ plan: "basic", signedUp: new Date() }])
  })
})
