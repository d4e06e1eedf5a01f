import type { ToolkitContext } from './context.ts'

/** Carries out one operation. Input and output are checked against the manifest's schemas by the control plane. */
export type OperationHandler<Input, Output> = (
  input: Input,
  context: ToolkitContext,
) => Promise<Output> | Output

declare const output: unique symbol

/** A handler with its types put away, so that operations of any type fit into one toolkit. */
export interface ToolkitOperation<Output = unknown> {
  readonly handler: (input: never, context: ToolkitContext) => unknown
  readonly [output]?: Output
}

export interface ToolkitHealth {
  readonly status: 'healthy' | 'degraded' | 'unhealthy'
  readonly message?: string
}

export interface Toolkit {
  /** By the operation's id in the manifest. */
  readonly operations: Readonly<Record<string, ToolkitOperation>>
  /** Answers under the operation id `health`; the manifest names it as `health.operation`. */
  readonly health?: ToolkitOperation<ToolkitHealth>
}

export function defineOperation<Input = Record<string, never>, Output = unknown>(
  handler: OperationHandler<Input, Output>,
): ToolkitOperation<Output> {
  return { handler }
}

/** The default export of a toolkit's server entry. */
export function defineToolkit(toolkit: Toolkit): Toolkit {
  return toolkit
}
