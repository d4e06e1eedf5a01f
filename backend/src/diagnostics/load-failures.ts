import { createHash } from 'node:crypto'
import type { InputOf, OutputOf } from '@sre-toolbox/contract'
import type { LoadFailure, listLoadFailures, reportLoadFailure } from '@sre-toolbox/contract/diagnostics'
import { type Clock, toInstant } from '../kernel/clock.ts'
import type { Ids } from '../kernel/ids.ts'
import { validationFailed } from '../kernel/operation.ts'
import { cleanText } from './clean-text.ts'
import type { LoadFailureStore, StoredLoadFailure, ToolkitUis } from './ports.ts'

export interface LoadFailures {
  report(input: InputOf<typeof reportLoadFailure>, by: string): Promise<LoadFailure>
  list(input: InputOf<typeof listLoadFailures>): Promise<OutputOf<typeof listLoadFailures>>
}

export interface LoadFailuresDeps {
  readonly store: LoadFailureStore
  readonly uis: ToolkitUis
  readonly clock: Clock
  readonly ids: Ids
}

const keptFailures = 500
const longestCause = 2000

/** Keeps what browsers could not load or show of toolkits' user interfaces. */
export function createLoadFailures({ store, uis, clock, ids }: LoadFailuresDeps): LoadFailures {
  return {
    async report(input, by) {
      const { slug, specifier, stage } = input
      const { version } = uis.get(slug)
      const cause = cleanText(input.cause, longestCause)
      const url = cleanText(input.url.split(/[?#]/, 1)[0] ?? '', 300)
      const at = clock.now()
      const stored = await store.add({
        id: ids(),
        fingerprint: fingerprintOf([slug, specifier, stage, withoutPlace(cause)]),
        toolkit: slug,
        version,
        specifier,
        stage,
        url,
        cause,
        count: 1,
        firstSeenAt: at,
        lastSeenAt: at,
        lastSeenBy: by,
        browser: cleanText(input.browser, 300),
      })
      await store.trim(keptFailures)
      return toFailure(stored)
    },
    async list({ toolkit, cursor, limit }) {
      const before = cursor === undefined ? null : readCursor(cursor)
      const rows = await store.page({ toolkit: toolkit ?? null, before, limit: limit + 1 })
      const shown = rows.slice(0, limit)
      const last = shown.at(-1)
      return {
        items: shown.map(toFailure),
        nextCursor: rows.length > limit && last ? `${last.lastSeenAt}:${last.id}` : null,
      }
    },
  }
}

/** Addresses in it change with every version and every attempt. */
function withoutPlace(cause: string): string {
  return cause.replace(/\b[0-9a-f]{64}\b/g, '').replace(/\?attempt=\d+/g, '')
}

/** The version is left out: a cause that outlives an upgrade is the same cause. */
function fingerprintOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

function readCursor(cursor: string): { lastSeenAt: number; id: string } {
  const [, at, id] = /^(\d{1,15}):([0-9a-f-]{36})$/.exec(cursor) ?? []
  if (at === undefined || id === undefined) {
    throw validationFailed([{ path: 'cursor', message: 'is not one that this list gave' }])
  }
  return { lastSeenAt: Number(at), id }
}

function toFailure({
  fingerprint,
  lastSeenBy,
  browser,
  firstSeenAt,
  lastSeenAt,
  ...rest
}: StoredLoadFailure): LoadFailure {
  return {
    ...rest,
    message: `Failed to load toolkit UI for ${rest.toolkit}`,
    firstSeenAt: toInstant(firstSeenAt),
    lastSeenAt: toInstant(lastSeenAt),
    lastSeenBy: { name: lastSeenBy, browser },
  }
}
