/** Rows to predict, and predictions as DataRobot sends them. */
const plans = ["basic", "plus", "pro"]

/** The row of a customer, about 60 bytes as JSON. */
export const row = (index) => ({
  customer: `c-${index}`,
  tenure: index % 72,
  plan: plans[index % plans.length],
  fee: index / 7
})

const prediction = (rowId) =>
  `{"rowId":${rowId},"prediction":${rowId % 2},"predictionThreshold":0.5,"predictionValues":` +
  `[{"label":1,"value":0.${1000 + rowId}},{"label":0,"value":0.${8999 - rowId}}],` +
  `"deploymentApprovalStatus":"APPROVED"}`

const responses = new Map()

const responseOf = (rows) => {
  const known = responses.get(rows)
  if (known !== undefined) return known
  const response = Buffer.from(`{"data":[${Array.from({ length: rows }, (_, rowId) => prediction(rowId)).join(",")}]}`)
  responses.set(rows, response)
  return response
}

/** Returns the response to a request with rows. It is serialized once for each number of rows. */
export const responseTo = (body) => {
  // Each row is one object without braces in its values.
  let rows = 0
  for (let at = body.indexOf("{"); at >= 0; at = body.indexOf("{", at + 1)) rows++
  return responseOf(rows)
}
