/** Listens to abort signals of the caller. Many calls may share one signal. */

interface Listening {
  readonly callbacks: Set<() => void>
  /** The only listener of the signal. Node warns of a leak if a signal has more than ten. */
  readonly listener: () => void
}

const listening = new WeakMap<AbortSignal, Listening>()

const listen = (signal: AbortSignal): Listening => {
  const callbacks = new Set<() => void>()
  const listener = () => {
    for (const callback of callbacks) callback()
  }
  signal.addEventListener("abort", listener, { once: true })
  const made = { callbacks, listener }
  listening.set(signal, made)
  return made
}

/** Calls back when the signal is aborted. Returns a function that stops it. */
export const onAbort = (signal: AbortSignal, callback: () => void): () => void => {
  const { callbacks, listener } = listening.get(signal) ?? listen(signal)
  // Not the callback itself, which may be given more than once.
  const own = () => callback()
  callbacks.add(own)
  return () => {
    if (!callbacks.delete(own) || callbacks.size > 0) return
    signal.removeEventListener("abort", listener)
    listening.delete(signal)
  }
}
