import { Worker } from 'node:worker_threads'
import { ToolboxError } from '../kernel/errors.ts'
import type { Call, Desk } from './desk/desk.ts'
import { type CodexFault, toRefusal } from './faults.ts'

export interface DeskQuestion {
  readonly seq: number
  readonly verb: keyof Desk
  readonly call: Call
  readonly input: unknown
}

export interface DeskAnswer {
  readonly seq: number
  readonly output?: unknown
  readonly fault?: CodexFault
}

export interface DeskThread {
  ask<Verb extends keyof Desk>(
    verb: Verb,
    call: Call,
    input: Parameters<Desk[Verb]>[1],
  ): Promise<Awaited<ReturnType<Desk[Verb]>>>
  close(): Promise<void>
}

interface Pending {
  resolve(output: unknown): void
  reject(error: unknown): void
  timer: NodeJS.Timeout
}

/**
 * The desk on a thread of its own, begun when it is first needed: what it does with files blocks, and a backlog of
 * thousands of tasks takes hundreds of milliseconds to edit. `environment` is all that it and its git see of this
 * process's.
 */
export function createDeskThread(options: {
  readonly environment: Readonly<Record<string, string>>
  readonly deadlineMs: number
}): DeskThread {
  const pending = new Map<number, Pending>()
  let worker: Worker | null = null
  let seq = 0

  function open(): Worker {
    const opened = new Worker(new URL('./desk/thread.ts', import.meta.url), {
      name: 'codex',
      env: { ...options.environment, ...gitSettings },
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 1024 },
    })
    opened.unref()
    opened.on('message', ({ seq: answered, output, fault }: DeskAnswer) => {
      const waiting = settle(answered)
      if (fault) waiting?.reject(toRefusal(fault))
      else waiting?.resolve(output)
    })
    opened.on('error', (error) => abandon(opened, unavailable(error)))
    opened.on('exit', () => abandon(opened, unavailable()))
    return opened
  }

  function settle(answered: number): Pending | undefined {
    const waiting = pending.get(answered)
    pending.delete(answered)
    clearTimeout(waiting?.timer)
    return waiting
  }

  /** Whatever was asked gets no answer; the next question begins a new thread. */
  function abandon(gone: Worker, error: ToolboxError): void {
    if (worker !== gone) return
    worker = null
    for (const asked of [...pending.keys()]) settle(asked)?.reject(error)
    void gone.terminate()
  }

  return {
    ask(verb, call, input) {
      worker ??= open()
      const asked = worker
      const { promise, resolve, reject } = Promise.withResolvers<never>()
      const late = () => abandon(asked, tooLate(options.deadlineMs))
      pending.set(++seq, {
        resolve: resolve as (output: unknown) => void,
        reject,
        timer: setTimeout(late, options.deadlineMs),
      })
      asked.postMessage({ seq, verb, call, input } satisfies DeskQuestion)
      return promise
    },
    async close() {
      const open = worker
      if (open) abandon(open, unavailable())
      await open?.terminate()
    },
  }
}

/**
 * git runs no program that a repository names: what a workspace holds may have come from anywhere. These settings win
 * over the repository's own.
 */
const gitSettings = gitConfig({
  'core.hooksPath': '/dev/null',
  'core.fsmonitor': 'false',
  'commit.gpgSign': 'false',
})

function gitConfig(settings: Readonly<Record<string, string>>): Record<string, string> {
  const numbered = Object.entries(settings).flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ])
  return {
    ...Object.fromEntries(numbered),
    GIT_CONFIG_COUNT: String(Object.keys(settings).length),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
  }
}

function unavailable(cause?: unknown): ToolboxError {
  const message = 'What reads the workspaces went down. Try again; the log has the cause.'
  return new ToolboxError('unavailable', message, {}, cause)
}

function tooLate(deadlineMs: number): ToolboxError {
  const message = `The workspace did not answer within ${Math.round(deadlineMs / 1000)} s. Is its disk there? Try again.`
  return new ToolboxError('timed_out', message)
}
