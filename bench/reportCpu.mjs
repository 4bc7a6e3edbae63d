// Loaded before a server with `--import`. Sends the processor time of this process to the parent whenever the parent
// sends a message. The channel does not keep the process alive.
process.on("message", () => process.send(process.cpuUsage()))
process.channel.unref()
