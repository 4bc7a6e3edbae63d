using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    # The emulator is on loopback, which workerd does not allow by default.
    (name = "internet", network = (allow = ["private", "local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  compatibilityDate = "2024-09-01",
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "calls.js", esModule = embed "calls.js"),
    (name = "effect-datarobot/promise", esModule = embed "node_modules/effect-datarobot/dist/promise.js"),
  ],
  bindings = [
    (name = "endpoint", fromEnvironment = "DATAROBOT_ENDPOINT"),
    (name = "token", fromEnvironment = "DATAROBOT_API_TOKEN"),
  ],
);
