import type { ProcessExit } from './process/spawn.ts'

export interface ExitCircumstances {
  readonly exit: ProcessExit
  /** Why we ended it ourselves; null when we did not. */
  readonly ourReason: string | null
  /** What it said before it went down. */
  readonly crash: string | null
  /** V8 said that the heap was full. */
  readonly heapWasFull: boolean
  readonly heapMegabytes: number
}

/** One sentence on why a toolkit's process is gone. */
export function describeExit({
  exit,
  ourReason,
  crash,
  heapWasFull,
  heapMegabytes,
}: ExitCircumstances): string {
  if (ourReason !== null) return `The toolkit's process ${ourReason}.`
  if (heapWasFull) {
    return `The toolkit's process ran out of memory (limit ${heapMegabytes} MB of heap) and ended.`
  }
  if (crash !== null) return `The toolkit's process crashed with an error that nothing caught: ${crash}`
  if (exit.signal === 'SIGKILL') {
    return "The toolkit's process was killed from outside with SIGKILL; the machine may be short of memory."
  }
  if (exit.signal !== null) return `The toolkit's process was ended by the signal ${exit.signal}.`
  return `The toolkit's process ended itself with exit code ${exit.code}.`
}
