import { parentPort } from 'node:worker_threads'
import { CodexError } from '@sre-toolbox/codex'
import type { DeskAnswer, DeskQuestion } from '../desk-thread.ts'
import type { CodexFault } from '../faults.ts'
import { createDesk } from './desk.ts'

const desk = createDesk()

parentPort?.on('message', async ({ seq, verb, call, input }: DeskQuestion) => {
  let answer: DeskAnswer
  try {
    const answering = desk[verb] as (...asked: unknown[]) => unknown
    answer = { seq, output: await answering(call, input) }
  } catch (error) {
    answer = { seq, fault: toFault(error) }
  }
  parentPort?.postMessage(answer)
})

/** Errors do not travel between threads with what they carry. */
function toFault(error: unknown): CodexFault {
  if (error instanceof CodexError) {
    const { code, fate, message, details } = error
    return { code, fate, message, details }
  }
  const { message, stack, syscall } = error as NodeJS.ErrnoException
  if (syscall === undefined) return { code: 'bug', fate: 'bug', message: stack ?? String(error), details: {} }
  const told = `A file of the workspace can't be used: ${message}.`
  return { code: 'file_unusable', fate: 'operational', message: told, details: {} }
}
