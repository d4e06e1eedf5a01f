import { isDeepStrictEqual } from 'node:util'
import type { OperationDeclaration } from '@sre-toolbox/contract'

/**
 * Throws unless the output is exactly what the contract promises: no missing, mistyped or further field. For tests
 * and development; the types keep the promise otherwise.
 */
export function checkOutput(declaration: OperationDeclaration, output: unknown): void {
  const sent: unknown = JSON.parse(JSON.stringify(output ?? null))
  const parsed = declaration.output.safeParse(sent)
  if (!parsed.success) {
    throw new Error(`${declaration.id} answered against its contract: ${parsed.error.message}`)
  }
  const promised: unknown = JSON.parse(JSON.stringify(parsed.data ?? null))
  if (!isDeepStrictEqual(promised, sent)) {
    throw new Error(`${declaration.id} answered with fields that its contract doesn't promise`)
  }
}
