import { fileURLToPath } from 'node:url'
import type { Stage } from '../stage.ts'

export interface LoadPlan {
  port: number
  /** One whole HTTP request, sent again and again. */
  request: string
  connections: number
  /** Ends after so many requests … */
  requests?: number
  /** … or after so long. */
  milliseconds?: number
  expectStatus: number
}

export interface LoadReport {
  /** Unix time in ms of the first request. */
  startedAt: number
  seconds: number
  responses: number
  perSecond: number
  /** Latencies in ms. */
  p50: number
  p95: number
  p99: number
  /** Responses by status, other than the one expected. */
  unexpected: Record<string, number>
}

const GENERATOR = fileURLToPath(new URL('generator.ts', import.meta.url))

export function httpRequest(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: unknown,
): string {
  const content = body === undefined ? '' : JSON.stringify(body)
  const all: Record<string, string> = { host: '127.0.0.1', ...headers }
  if (body !== undefined) {
    all['content-type'] = 'application/json'
    all['content-length'] = String(Buffer.byteLength(content))
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return [`${method} ${path} HTTP/1.1`, ...lines, '', content].join('\r\n')
}

/** Drives the load from a process of its own, the same one for every side. Any unexpected status is a failure. */
export async function runLoad(stage: Stage, plan: LoadPlan): Promise<LoadReport> {
  const printed = await stage.run(process.execPath, [GENERATOR], { input: JSON.stringify(plan) })
  const report: LoadReport = JSON.parse(printed)
  if (Object.keys(report.unexpected).length > 0) {
    throw new Error(
      `Expected only status ${plan.expectStatus}, but also got ${JSON.stringify(report.unexpected)}.`,
    )
  }
  return report
}
