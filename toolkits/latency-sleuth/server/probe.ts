import { setTimeout as wait } from 'node:timers/promises'
import type { ToolkitContext, ToolkitStep } from '@sre-toolbox/sdk'
import { distributionOf } from './distribution.ts'
import { keepProbe, type ProbeSummary } from './history.ts'
import { describeSample, type Sample, type Target, takeSample } from './sample.ts'
import { percentilesOf } from './statistics.ts'
import { inShort, judge } from './verdict.ts'

export interface ProbeInput extends Target {
  readonly count: number
  readonly intervalMs: number
  readonly budgetMs?: number
  readonly maxErrorRate: number
}

export type ProbeResult = ProbeSummary & { readonly samples: readonly Sample[] }

/** Takes the samples one after the other, so that they don't disturb each other, and keeps the summary. */
export async function probe(input: ProbeInput, context: ToolkitContext): Promise<ProbeResult> {
  const startedAt = new Date().toISOString()
  context.progress({
    message: `Probing ${input.url}`,
    steps: steps('running', 'pending'),
    done: 0,
    total: input.count,
    unit: 'samples',
  })
  context.log.info(`Probing ${input.url} with ${input.count} samples (${input.method})`)

  const samples = await takeSamples(input, context)
  context.progress({ steps: steps('succeeded', 'running') })

  const summary = summarise(input, startedAt, samples)
  await keepProbe(context.store, { ...summary, jobId: context.job?.id ?? null })
  context.log.info(summary.verdict.explanation)
  context.progress({
    steps: steps('succeeded', 'succeeded'),
    message: `${inShort(summary)} · ${input.url}`,
  })
  return { ...summary, samples }
}

async function takeSamples(input: ProbeInput, context: ToolkitContext): Promise<Sample[]> {
  const samples: Sample[] = []
  try {
    for (let number = 1; number <= input.count; number++) {
      if (number > 1 && input.intervalMs > 0) await wait(input.intervalMs, null, { signal: context.signal })
      context.signal.throwIfAborted()
      const sample = await takeSample(number, input, context)
      samples.push(sample)
      context.log[sample.ok ? 'info' : 'warn'](describeSample(sample))
      context.progress({ done: number, percent: (100 * number) / input.count })
    }
    return samples
  } catch (error) {
    if (context.signal.aborted) context.log.warn(`Stopped after ${samples.length} of ${input.count} samples.`)
    throw error
  }
}

function summarise(input: ProbeInput, startedAt: string, samples: readonly Sample[]): ProbeSummary {
  const count = samples.length
  const failed = samples.filter(({ ok }) => !ok).length
  const percentiles = percentilesOf(samples)
  return {
    url: input.url,
    method: input.method,
    startedAt,
    count,
    failed,
    errorRate: failed / count,
    percentiles,
    distribution: distributionOf(samples),
    budgetMs: input.budgetMs ?? null,
    verdict: judge(
      percentiles,
      { count, failed },
      { budgetMs: input.budgetMs, maxErrorRate: input.maxErrorRate },
    ),
  }
}

function steps(sampling: ToolkitStep['status'], summarising: ToolkitStep['status']): ToolkitStep[] {
  return [
    { id: 'sample', title: 'Take samples', status: sampling },
    { id: 'summarise', title: 'Compute percentiles and keep them', status: summarising },
  ]
}
