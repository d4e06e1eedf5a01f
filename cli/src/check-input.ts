import type { OperationDeclaration } from '@sre-toolbox/contract'
import { checkInput as check } from '@sre-toolbox/contract/input-faults'
import { wrongUsage } from './command-error.ts'

/** Throws what the server would refuse, in its words, before anything is sent. */
export function checkInput(declaration: OperationDeclaration, input: unknown): void {
  const checked = check(declaration.input, input)
  if (checked.ok) return
  throw wrongUsage(`The input of ${declaration.id} is not valid; nothing was sent.`, checked.errors)
}
