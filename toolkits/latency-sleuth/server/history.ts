import { createHash } from 'node:crypto'
import { RequestError, type ToolkitStore } from '@sre-toolbox/sdk'
import type { Bucket } from './distribution.ts'
import type { Percentiles } from './statistics.ts'
import type { Verdict } from './verdict.ts'

/** A probe without its samples. */
export interface ProbeSummary {
  readonly url: string
  readonly method: string
  /** ISO 8601. */
  readonly startedAt: string
  readonly count: number
  readonly failed: number
  readonly errorRate: number
  readonly percentiles: Percentiles
  /** Of the total times. */
  readonly distribution: readonly Bucket[]
  readonly budgetMs: number | null
  readonly verdict: Verdict
}

export type KeptProbe = ProbeSummary & { readonly jobId: string | null }

/** A URL and how its latest probe ended. */
export interface ProbedTarget {
  readonly url: string
  readonly method: string
  readonly startedAt: string
  readonly count: number
  readonly failed: number
  /** Milliseconds; null when nothing was answered. */
  readonly p95: number | null
  readonly budgetMs: number | null
  readonly withinBudget: boolean | null
}

export interface HistoryInput {
  readonly url: string
  readonly limit: number
}

const probesKept = 300
const urlsKept = 500
const targetsKey = 'targets'
const mostAttempts = 10

/** Keeps the probe as the newest of its URL. One that is kept already, by an earlier attempt of its job, is replaced. */
export async function keepProbe(store: ToolkitStore, probe: KeptProbe): Promise<void> {
  const key = keyOf(probe.url)
  await update<KeptProbe[]>(store, key, [], (kept) => {
    const others = kept.filter(({ jobId }) => jobId === null || jobId !== probe.jobId)
    return [probe, ...others].slice(0, probesKept)
  })
  let forgotten: ProbedTarget[] = []
  await update<ProbedTarget[]>(store, targetsKey, [], (targets) => {
    const latestFirst = [toTarget(probe), ...targets.filter(({ url }) => url !== probe.url)]
    forgotten = latestFirst.slice(urlsKept)
    return latestFirst.slice(0, urlsKept)
  })
  for (const { url } of forgotten) await store.delete(keyOf(url))
}

function toTarget({
  url,
  method,
  startedAt,
  count,
  failed,
  percentiles,
  budgetMs,
  verdict,
}: KeptProbe): ProbedTarget {
  const p95 = percentiles.total?.p95 ?? null
  return { url, method, startedAt, count, failed, p95, budgetMs, withinBudget: verdict.withinBudget }
}

/** The one probed last comes first. */
export async function readTargets(store: ToolkitStore): Promise<{ items: ProbedTarget[] }> {
  return { items: ((await store.get(targetsKey))?.value ?? []) as ProbedTarget[] }
}

/** Newest first. */
export async function readHistory(
  { url, limit }: HistoryInput,
  store: ToolkitStore,
): Promise<{ items: KeptProbe[] }> {
  const kept = await store.get(keyOf(url))
  return { items: ((kept?.value ?? []) as KeptProbe[]).slice(0, limit) }
}

/** A URL may be longer than a key. */
function keyOf(url: string): string {
  return `probes/${createHash('sha256').update(url).digest('hex')}`
}

/** Reads, changes and writes a value; begins again when another probe wrote in between. */
async function update<Value>(
  store: ToolkitStore,
  key: string,
  initial: Value,
  change: (value: Value) => Value,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const found = await store.get(key)
    try {
      await store.put(key, change((found?.value as Value) ?? initial), { ifVersion: found?.version ?? 0 })
      return
    } catch (error) {
      const cameSecond = error instanceof RequestError && error.code === 'conflict'
      if (!cameSecond || attempt === mostAttempts) throw error
    }
  }
}
