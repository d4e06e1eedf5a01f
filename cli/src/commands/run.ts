import { type Job, submitJob } from '@sre-toolbox/contract/jobs'
import type { Command } from 'commander'
import { apiCommand, collect, parseInteger } from '../api-options.ts'
import { wrongUsage } from '../command-error.ts'
import { connect } from '../connect.ts'
import type { ApiOptions, Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { createDisplay, createJsonDisplay, renderEnd } from '../jobs/display.ts'
import { paintStatus, statusText } from '../jobs/status.ts'
import { watchJob } from '../jobs/watch.ts'
import { explainToolkitOperation } from '../operation-help.ts'
import { parseInstant } from '../time.ts'
import { readToolkitInput, splitOperation, withNearOperations } from '../toolkit-operation.ts'
import { renderValue } from '../value.ts'
import { createView, show } from '../view.ts'

interface Options extends ApiOptions {
  readonly input?: string
  readonly set?: readonly string[]
  readonly follow?: boolean
  readonly help?: boolean
  readonly priority?: number
  readonly runAt?: string
  readonly reason?: string
  readonly idempotencyKey?: string
}

export function createRunCommand(context: Context): Command {
  return apiCommand('run', "Submit a toolkit's operation as a job.")
    .argument('[slug.operation]', 'such as latency-sleuth.probe; `toolbox call --list` shows all')
    .option('--input <json>', 'the input: JSON, @file, or - for standard input')
    .option('--set <key=value>', 'one field of the input; may be repeated', collect)
    .option('-f, --follow', "show the job's progress and log until it ends; exit code 0 only if it succeeded")
    .option('--priority <n>', 'higher runs first, -100 to 100', parseInteger)
    .option('--run-at <time>', 'not before this ISO 8601 time')
    .option('--reason <text>', 'why it is done; kept in the audit log')
    .option('--idempotency-key <key>', 'the same key gives the same job (a fresh one each time)')
    .option('-h, --help', 'show this, or with an operation what it does, needs and takes')
    .action(async (name: string | undefined, options: Options, command: Command) => {
      if (options.help) {
        return name === undefined ? command.outputHelp() : explainToolkitOperation(context, name, options)
      }
      if (name === undefined) throw wrongUsage('Name an operation; `toolbox call --list` shows all.')
      const { toolkit, operation } = splitOperation(name)
      const client = await connect(context, options)
      const answer = await withNearOperations(client, name, async () =>
        client.call(submitJob, {
          toolkit,
          operation,
          input: await readToolkitInput(context, client, name, options),
          ...(options.priority === undefined ? {} : { priority: options.priority }),
          ...(options.runAt === undefined ? {} : { runAt: readTime(options.runAt, context) }),
          ...(options.reason === undefined ? {} : { reason: options.reason }),
          idempotencyKey: options.idempotencyKey ?? context.newKey(),
        }),
      )
      if (!options.follow) {
        return show(context, options, answer, (view) =>
          [
            `${paintStatus(answer.job.status, statusText(answer.job.status), view)}  ${answer.job.id}`,
            view.style('dim', `Follow it with \`toolbox jobs logs ${answer.job.id} --follow\`.`),
          ].join('\n'),
        )
      }
      const display = options.json ? createJsonDisplay(context) : createDisplay(context, options)
      if (!options.json) display.notice(`Job ${answer.job.id}`)
      display.status(answer.job)
      finish(context, options, await watchJob(context, client, answer.job.id, display, options))
    })
}

function finish(context: Context, options: Options, job: Job): void {
  if (options.json) {
    context.stdout.write(`${JSON.stringify({ job })}\n`)
  } else {
    context.stderr.write(`${renderEnd(job, createView(context, options, context.stderr))}\n`)
    if (job.status === 'succeeded') {
      context.stdout.write(`${renderValue(job.result, createView(context, options))}\n`)
    }
  }
  if (job.status !== 'succeeded') context.exitWith(exitCodes.failed)
}

function readTime(text: string, context: Context): string {
  const instant = parseInstant(text, context.now())
  if (instant) return instant
  throw wrongUsage(`--run-at ${text} is no time. Give one such as 2026-01-31T08:00:00Z.`)
}
