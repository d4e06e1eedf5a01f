import { ToolboxError } from '../../kernel/errors.ts'
import type { Runs, Transact } from './database.ts'

/** A kind of write. `apply` takes all that came together and answers each, in order. */
export interface Lane<Item, Answer> {
  /** Lower runs first within a transaction. */
  readonly order: number
  apply(runs: Runs, items: readonly Item[]): Promise<readonly Answer[]>
}

/**
 * Writes that arrive in the same turn of the event loop, or while a transaction is under way, share the next
 * transaction: one fsync for all. Each is answered only when that transaction is durable.
 */
export interface GroupCommit {
  add<Item, Answer>(lane: Lane<Item, Answer>, item: Item): Promise<Answer>
  /** What `work` adds before it first waits is stored as a whole or not at all. */
  together<T>(work: () => T): T
  /** Resolves when all that was added before is answered. */
  settled(): Promise<void>
}

interface Entry {
  readonly lane: Lane<unknown, unknown>
  readonly item: unknown
  /** Neighbours of the same unit are never parted. */
  readonly unit: number
  resolve(answer: unknown): void
  reject(error: unknown): void
}

const largestTransaction = 2000

export function createGroupCommit(transact: Transact): GroupCommit {
  const waiting: Entry[] = []
  let running: Promise<void> | null = null
  let scheduled = false
  let lastUnit = 0
  let openUnit: number | null = null

  function schedule(): void {
    if (scheduled || running) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      running = drain().finally(() => {
        running = null
        if (waiting.length > 0) schedule()
      })
    })
  }

  async function drain(): Promise<void> {
    const entries = waiting.splice(0, largestTransaction)
    while (waiting[0] && waiting[0].unit === entries.at(-1)?.unit) entries.push(waiting.shift() as Entry)
    try {
      const answers = await transact((runs) => applyAll(runs, entries))
      entries.forEach((entry, index) => {
        entry.resolve(answers[index])
      })
    } catch (error) {
      const units = unitsOf(entries)
      if (units.length > 1 && !isOutage(error)) return applyEachAlone(units)
      for (const entry of entries) entry.reject(error)
    }
  }

  /** One bad item must not take the others with it. */
  async function applyEachAlone(units: readonly Entry[][]): Promise<void> {
    for (const unit of units) {
      try {
        const answers = await transact((runs) => applyAll(runs, unit))
        unit.forEach((entry, index) => {
          entry.resolve(answers[index])
        })
      } catch (error) {
        for (const entry of unit) entry.reject(error)
      }
    }
  }

  return {
    add: <Item, Answer>(lane: Lane<Item, Answer>, item: Item) =>
      new Promise<Answer>((resolve, reject) => {
        waiting.push({
          lane: lane as Lane<unknown, unknown>,
          item,
          unit: openUnit ?? ++lastUnit,
          resolve: resolve as (answer: unknown) => void,
          reject,
        })
        schedule()
      }),
    together(work) {
      openUnit = ++lastUnit
      try {
        return work()
      } finally {
        openUnit = null
      }
    },
    async settled() {
      while (waiting.length > 0 || running || scheduled) {
        await (running ?? new Promise<void>((resolve) => setImmediate(resolve)))
      }
    },
  }
}

function unitsOf(entries: readonly Entry[]): Entry[][] {
  return [...Map.groupBy(entries, ({ unit }) => unit).values()]
}

async function applyAll(runs: Runs, entries: readonly Entry[]): Promise<unknown[]> {
  const byLane = new Map<Lane<unknown, unknown>, number[]>()
  entries.forEach((entry, index) => {
    const indexes = byLane.get(entry.lane)
    if (indexes) indexes.push(index)
    else byLane.set(entry.lane, [index])
  })
  const answers: unknown[] = new Array(entries.length)
  const inOrder = [...byLane].sort(([a], [b]) => a.order - b.order)
  for (const [lane, indexes] of inOrder) {
    const given = await lane.apply(
      runs,
      indexes.map((index) => (entries[index] as Entry).item),
    )
    indexes.forEach((index, position) => {
      answers[index] = given[position]
    })
  }
  return answers
}

function isOutage(error: unknown): boolean {
  return error instanceof ToolboxError && error.code === 'unavailable'
}

/**
 * Splits items into rounds in which no key comes twice, keeping their order: two writes to the same row in one
 * transaction must see each other's effect.
 */
export function inRounds<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const rounds: Item[][] = []
  const seen = new Map<string, number>()
  for (const item of items) {
    const key = keyOf(item)
    const round = seen.get(key) ?? 0
    seen.set(key, round + 1)
    const list = rounds[round]
    if (list) list.push(item)
    else rounds[round] = [item]
  }
  return rounds
}
