// The code under test: it gets a client, and waits until its deployment can predict.
exports.deploy = async (client, label) => {
  const created = await client.ModelDeployment.create({ projectId: "p", modelId: "m", label })
  return client.ModelDeployment.awaitDeployed(created)
}

// It creates its own client from the environment.
exports.labels = async () => {
  const { createClient } = require("effect-datarobot/promise")
  const client = createClient()
  const deployments = await client.ModelDeployment.list()
  await client.close()
  return deployments.map(({ label }) => label)
}
