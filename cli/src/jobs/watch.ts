import { createInterface } from 'node:readline/promises'
import { cancelJob, type Job } from '@sre-toolbox/contract/jobs'
import type { Client } from '../client.ts'
import { CommandError } from '../command-error.ts'
import type { ApiOptions, Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import type { Display } from './display.ts'
import { followJob } from './follow.ts'

/**
 * Follows a job on this terminal to its end. Ctrl-C asks whether to detach or to cancel the job; the job itself is
 * never ended by losing its watcher.
 */
export async function watchJob(
  context: Context,
  client: Client,
  jobId: string,
  display: Display,
  options: ApiOptions & { readonly after?: number },
): Promise<Job> {
  const watching = new AbortController()
  // While a question stands on the terminal nothing else is written there.
  let question: Promise<void> | null = null

  async function decide(): Promise<void> {
    display.close()
    const choice = isInteractive(context, options) ? await ask(context) : 'detach'
    if (choice === 'detach') watching.abort()
    if (choice === 'cancel') display.notice(await cancel(client, jobId))
  }
  const onInterrupt = () => {
    if (question) {
      context.stderr.write(`\n${detached(jobId).message}\n`)
      return context.exitNow(exitCodes.interrupted)
    }
    question = decide().finally(() => {
      question = null
    })
  }
  const release = context.onInterrupt(onInterrupt)
  try {
    const job = await followJob(client, jobId, display, {
      after: options.after ?? 0,
      signal: watching.signal,
      mayShow: async () => {
        await question
      },
      notice: display.notice,
      now: context.now,
    })
    if (job) return job
  } finally {
    release()
    display.close()
  }
  throw detached(jobId)
}

async function cancel(client: Client, jobId: string): Promise<string> {
  try {
    await client.call(cancelJob, { jobId, reason: 'cancelled from the command line' })
    return 'Asked the job to stop; waiting for its end.'
  } catch (error) {
    return `It could not be cancelled: ${(error as Error).message}`
  }
}

function isInteractive(context: Context, options: ApiOptions): boolean {
  return Boolean(context.stdin.isTTY && context.stderr.isTTY && !options.json)
}

const choices: ReadonlyMap<string, 'detach' | 'cancel' | 'follow'> = new Map([
  ['', 'detach'],
  ['d', 'detach'],
  ['detach', 'detach'],
  ['c', 'cancel'],
  ['cancel', 'cancel'],
  ['f', 'follow'],
  ['follow', 'follow'],
])

async function ask(context: Context): Promise<'detach' | 'cancel' | 'follow'> {
  // Without a terminal of its own the question leaves Ctrl-C to the process.
  const questions = createInterface({ input: context.stdin, output: context.stderr, terminal: false })
  try {
    let question = '\nd: detach, the job goes on · c: cancel the job · f: follow on [d] '
    for (;;) {
      const word = (await questions.question(question)).trim().toLowerCase()
      const choice = choices.get(word)
      if (choice) return choice
      question = `"${word}" is none of them. Type d, c or f: `
    }
  } finally {
    questions.close()
  }
}

function detached(jobId: string): CommandError {
  const detail = `Detached; the job goes on. \`toolbox jobs logs ${jobId} --follow\` follows it, \`toolbox jobs cancel ${jobId}\` ends it.`
  return new CommandError({ code: 'interrupted', title: 'Detached', detail }, exitCodes.interrupted)
}
