import { isDisabled } from '../check-names.ts'
import type { Scene } from '../compose-prompt.ts'
import type { OperationFact } from '../facts.ts'
import { mayCall } from '../may-call.ts'

/** Whether the persona may call it and it would answer. */
export function mayUse({ granted, facts }: Scene, operation: OperationFact): boolean {
  return mayCall(granted, operation) === 'yes' && !isDisabled(operation, facts)
}

/** The operation of an id, where the persona may call it and it would answer. */
export function callable(scene: Scene, id: string): OperationFact | undefined {
  const operation = scene.facts.operations.find((each) => each.id === id)
  return operation && mayUse(scene, operation) ? operation : undefined
}
