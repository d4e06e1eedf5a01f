import type { Clock } from './clock.ts'

/** Asks at most once in `forMs`, however many want to know; all who ask meanwhile get the same answer. */
export function createShared<T>(clock: Clock, forMs: number, ask: () => Promise<T>): () => Promise<T> {
  let askedAt = Number.NEGATIVE_INFINITY
  let answer: Promise<T> | null = null
  return () => {
    if (answer === null || clock.now() - askedAt >= forMs) {
      askedAt = clock.now()
      answer = ask()
    }
    return answer
  }
}
