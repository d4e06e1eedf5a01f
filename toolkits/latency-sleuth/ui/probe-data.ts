/** What the operations answer, as far as the pages show it. Times are milliseconds, instants ISO 8601. */

export const phases = ['dns', 'connect', 'tls', 'firstByte', 'download'] as const
export type Phase = (typeof phases)[number]

export const phaseWords: Readonly<Record<Phase | 'total', string>> = {
  dns: 'Name look-up',
  connect: 'Connect',
  tls: 'TLS',
  firstByte: 'First byte',
  download: 'Download',
  total: 'Total',
}

export const spreads = ['p50', 'p90', 'p95', 'p99', 'max'] as const
export type Spread = Readonly<Record<(typeof spreads)[number], number>>

/** Null for a phase that took place in no sample. */
export type Percentiles = Readonly<Record<Phase | 'total', Spread | null>>

export type Sample = Readonly<Record<Phase | 'total', number | null>> & {
  readonly number: number
  readonly at: string
  readonly ok: boolean
  readonly status: number | null
  readonly error: string | null
}

export interface Bucket {
  readonly fromMs: number
  readonly toMs: number
  readonly count: number
}

export interface ProbeSummary {
  readonly url: string
  readonly method: string
  readonly startedAt: string
  readonly count: number
  readonly failed: number
  readonly percentiles: Percentiles
  readonly distribution: readonly Bucket[]
  readonly budgetMs: number | null
  readonly verdict: { readonly withinBudget: boolean | null; readonly explanation: string }
}

export type ProbeResult = ProbeSummary & { readonly samples: readonly Sample[] }
export type KeptProbe = ProbeSummary & { readonly jobId: string | null }

export interface ProbedTarget {
  readonly url: string
  readonly startedAt: string
  readonly count: number
  readonly failed: number
  readonly p95: number | null
  readonly budgetMs: number | null
  readonly withinBudget: boolean | null
}

/** `0.42`, `8.1`, `250`: as many digits as tell something. */
export function milliseconds(value: number): string {
  return value < 1
    ? value.toFixed(2)
    : value < 100
      ? value.toFixed(1)
      : Math.round(value).toLocaleString('en')
}
