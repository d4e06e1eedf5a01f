import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { CommandError } from '../command-error.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'

export function ask(context: Context, question: string): Promise<string> {
  return askOn(context, question, context.stderr)
}

/** What is typed is not shown. */
export async function askHidden(context: Context, question: string): Promise<string> {
  context.stderr.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  try {
    return await askOn(context, '', nowhere)
  } finally {
    context.stderr.write('\n')
  }
}

async function askOn(context: Context, question: string, output: NodeJS.WritableStream): Promise<string> {
  const questions = createInterface({ input: context.stdin, output, terminal: true })
  const interrupted = new AbortController()
  questions.on('SIGINT', () => interrupted.abort()).on('close', () => interrupted.abort())
  try {
    return await questions.question(question, { signal: interrupted.signal })
  } catch (error) {
    if (!interrupted.signal.aborted) throw error
    const fault = { code: 'interrupted', title: 'Interrupted', detail: 'Interrupted; nothing was done.' }
    throw new CommandError(fault, exitCodes.interrupted)
  } finally {
    questions.close()
  }
}

/** The first line of standard input. */
export async function readLine(context: Context): Promise<string> {
  const lines = createInterface({ input: context.stdin, terminal: false })
  try {
    for await (const line of lines) return line
    return ''
  } finally {
    lines.close()
  }
}
