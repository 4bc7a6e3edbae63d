/** Actual values of predictions, and the server's response to them. */
const outcomes = ["yes", "no"]

/** The actual value of a prediction, about 90 bytes as JSON. */
export const actual = (index) => ({
  associationId: `prediction-${index}`,
  actualValue: index % 2 === 0 ? index / 7 : outcomes[index % 4 === 1 ? 0 : 1],
  wasActedOn: index % 3 === 0,
  timestamp: "2022-03-01T10:30:00Z"
})

/** Responds to a request with actual values, without a job to wait for. */
export const respondToActuals = (request, response) =>
  request.resume().on("end", () => response.writeHead(200, { "content-length": 0 }).end())
