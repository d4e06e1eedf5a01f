import { type CardContent, cardContent, type DashboardCard } from '@sre-toolbox/contract/dashboard'
import type { Caller } from '../kernel/caller.ts'
import type { Clock } from '../kernel/clock.ts'
import { toToolboxError } from '../kernel/errors.ts'
import type { CardOperations, CardSource, DashboardToolkits } from './ports.ts'

/** A card is read again when it is older than this and somebody looks. */
const freshMs = 10_000
/** A toolkit that has to start first is not waited for: its card comes with the next look. */
const patienceMs = 400

interface Reading {
  readonly askedAt: number
  readonly answer: Promise<void>
  content: CardContent | null
  fault: string | null
}

/** Shows toolkits' cards to those who may call their operations. One reading serves all who look. */
export function createCards(deps: {
  toolkits: DashboardToolkits
  operations: CardOperations
  clock: Clock
}): (caller: Caller) => Promise<DashboardCard[]> {
  const { toolkits, operations, clock } = deps
  const readings = new Map<string, Reading>()

  function read({ operation }: CardSource, before: Reading | undefined): Reading {
    const reading: Reading = {
      askedAt: clock.now(),
      content: before?.content ?? null,
      fault: before?.fault ?? null,
      answer: operations.call(operation).then(
        (output) => {
          const checked = cardContent.safeParse(output)
          reading.content = checked.success ? checked.data : null
          reading.fault = checked.success
            ? null
            : `${operation} does not answer what a card shows: see DashboardCardContent in the SDK.`
        },
        (error: unknown) => {
          reading.content = null
          reading.fault = toToolboxError(error).message
        },
      ),
    }
    return reading
  }

  function readingOf(source: CardSource): Reading {
    const known = readings.get(source.operation)
    if (known && clock.now() - known.askedAt < freshMs) return known
    const fresh = read(source, known)
    readings.set(source.operation, fresh)
    return fresh
  }

  return async (caller) => {
    const sources = toolkits.cards().filter(({ operation }) => operations.may(operation, caller))
    const shown = sources.map((source) => ({ source, reading: readingOf(source) }))
    await within(patienceMs, Promise.all(shown.map(({ reading }) => reading.answer)))
    return shown.map(({ source: { operation: _, ...about }, reading: { content, fault } }) => ({
      ...about,
      content,
      fault,
    }))
  }
}

async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, milliseconds)
  await Promise.race([work, promise])
  clearTimeout(timer)
}
