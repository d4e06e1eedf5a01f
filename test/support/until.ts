import { setTimeout as sleep } from 'node:timers/promises'

/** Asks again and again until the answer is not null. What it throws ends the wait. */
export async function until<T>(what: string, ask: () => Promise<T | null>, withinMs = 20_000): Promise<T> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer !== null) return answer
    if (performance.now() > deadline)
      throw new Error(`after ${withinMs / 1000} s it is still not so that ${what}`)
    await sleep(20)
  }
}
