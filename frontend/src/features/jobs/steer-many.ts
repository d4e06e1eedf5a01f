/** How many requests are under way at once. */
const abreast = 4

export interface Outcome {
  readonly done: number
  readonly refusals: readonly string[]
}

/** Does the same to many jobs and says how it went; one that is refused does not stop the others. */
export async function steerMany(
  ids: readonly string[],
  steer: (id: string) => Promise<unknown>,
): Promise<Outcome> {
  const waiting = [...ids]
  const refusals: string[] = []
  async function work() {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      try {
        await steer(id)
      } catch (error) {
        refusals.push(error instanceof Error ? error.message : String(error))
      }
    }
  }
  await Promise.all(Array.from({ length: abreast }, work))
  return { done: ids.length - refusals.length, refusals }
}
