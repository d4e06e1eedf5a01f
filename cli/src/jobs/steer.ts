import { type BrokerView, cancelJob, type JobSummary, retryJob } from '@sre-toolbox/contract/jobs'
import type { Command } from 'commander'
import { apiCommand, parseJobId } from '../api-options.ts'
import { connect } from '../connect.ts'
import type { ApiOptions, Context } from '../context.ts'
import { readInput } from '../read-input.ts'
import { show, type View } from '../view.ts'
import { paintStatus, statusText } from './status.ts'

interface CancelOptions extends ApiOptions {
  readonly reason?: string
  readonly force?: boolean
}

export function createCancelCommand(context: Context): Command {
  return apiCommand('cancel', 'Cancel a job. What runs is asked to stop, then killed after its grace period.')
    .argument('<job-id>', 'the job', parseJobId)
    .option('--reason <text>', 'why, for the audit log')
    .option('--force', 'kill at once, without the grace period')
    .action(async (jobId: string, options: CancelOptions) => {
      const client = await connect(context, options)
      const answer = await client.call(cancelJob, {
        jobId,
        ...(options.reason === undefined ? {} : { reason: options.reason }),
        force: options.force ?? false,
      })
      show(context, options, answer, (view) => renderSteered(answer, view))
    })
}

interface RetryOptions extends ApiOptions {
  readonly reason?: string
  readonly input?: string
  readonly idempotencyKey?: string
}

export function createRetryCommand(context: Context): Command {
  return apiCommand('retry', 'Make a new job like this one, linked to it.')
    .argument('<job-id>', 'the job that ended', parseJobId)
    .option('--input <json>', 'instead of the first input: JSON, @file, or - for standard input')
    .option('--reason <text>', 'why, for the audit log')
    .option('--idempotency-key <key>', 'the same key gives the same job (a fresh one each time)')
    .action(async (jobId: string, options: RetryOptions) => {
      const input = options.input === undefined ? {} : { input: await readInput(context, options.input) }
      const client = await connect(context, options)
      const answer = await client.call(retryJob, {
        jobId,
        ...input,
        ...(options.reason === undefined ? {} : { reason: options.reason }),
        idempotencyKey: options.idempotencyKey ?? context.newKey(),
      })
      show(context, options, answer, (view) => renderSteered(answer, view))
    })
}

interface Steered {
  readonly job: JobSummary
  readonly broker: { readonly before: BrokerView; readonly after: BrokerView }
}

function renderSteered({ job, broker }: Steered, view: View): string {
  const { before, after } = broker
  const change = (from: string, to: string) => (from === to ? to : `${from} → ${to}`)
  return [
    `${paintStatus(job.status, statusText(job.status), view)}  ${job.id}`,
    `broker  ${change(`${before.status} (${before.brokerState})`, `${after.status} (${after.brokerState})`)}`,
    view.style('dim', `Follow it with \`toolbox jobs logs ${job.id} --follow\`.`),
  ].join('\n')
}
