import type { DashboardCardContent } from '@sre-toolbox/sdk'
import type { Sample } from './sample.ts'

const names: Readonly<Record<string, string>> = { api: 'API' }

/** The latest sample as a dashboard card: every part with what it says. */
export function cardOf(sample: Sample | null): DashboardCardContent {
  if (!sample) {
    return {
      status: 'unknown',
      headline: 'No sample so far: the first one is taken within a minute.',
      rows: [],
    }
  }
  return {
    status: sample.status,
    headline: sample.message,
    rows: sample.parts.map(({ name, status, message }) => ({ label: titleOf(name), value: message, status })),
  }
}

function titleOf(name: string): string {
  return names[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('-', ' ')}`
}
