/** Whether the person has to sign in again before what they do can go on. */
export interface Session {
  expired(): boolean
  subscribe(listener: () => void): () => void
  /** Resolves when they have. */
  signInAgain(): Promise<void>
  renewed(): void
}

export function createSession(): Session {
  const listeners = new Set<() => void>()
  let waiting: PromiseWithResolvers<void> | null = null
  const tell = () => {
    for (const listener of listeners) listener()
  }
  return {
    expired: () => waiting !== null,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    signInAgain() {
      if (!waiting) {
        waiting = Promise.withResolvers()
        tell()
      }
      return waiting.promise
    },
    renewed() {
      waiting?.resolve()
      waiting = null
      tell()
    },
  }
}
