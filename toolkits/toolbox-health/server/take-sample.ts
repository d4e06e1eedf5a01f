import type { ToolkitContext } from '@sre-toolbox/sdk'
import { type Part, type Sample, worst } from './sample.ts'

/** Asks the product how its parts are, and judges the whole by the worst of them. */
export async function takeSample(context: ToolkitContext, now: number): Promise<Sample> {
  const { parts } = (await context.call('runtime.status')) as { parts: readonly Part[] }
  const unwell = parts.filter((part) => part.status !== 'healthy')
  return {
    at: new Date(now).toISOString(),
    status: worst(parts.map((part) => part.status)),
    message:
      unwell.length === 0
        ? `All ${parts.length} parts are well.`
        : unwell.map(({ name, message }) => `${name}: ${message}`).join(' '),
    parts: parts.map(({ name, status, message, measures }) => ({ name, status, message, measures })),
  }
}
