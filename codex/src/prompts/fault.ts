import { nearest } from '@sre-toolbox/contract/nearest'
import type { Finding } from '../text/finding.ts'
import type { PromptCode } from './codes.ts'

/** A finding before it has its place. */
export type Fault = { code: PromptCode; message: string; fix: string; severity?: Finding['severity'] }

export type Report = (line: number, column: number, fault: Fault) => void

export function fault(code: PromptCode, message: string, fix: string): Fault {
  return { code, message, fix }
}

/** Something is named that is not there. */
export function unknownName(code: PromptCode, what: string, name: string, known: readonly string[]): Fault {
  const near = nearest(name, known)
  const few = known.length > 0 && known.length <= 12
  const rest = few ? `write one of ${known.join(', ')}.` : 'correct it, or leave it out.'
  return fault(
    code,
    `There is no ${what} ${name}.`,
    near.length > 0 ? `did you mean ${near.join(' or ')}?` : rest,
  )
}
