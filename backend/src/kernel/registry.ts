import type { OperationDeclaration } from '@sre-toolbox/contract'
import type { Operation } from './operation.ts'

export interface Registry {
  /** Undefined when nothing offers it. */
  find(id: string): Operation | undefined
}

export interface RegistryParts {
  readonly declarations: readonly OperationDeclaration[]
  readonly core: readonly Operation[]
  /** Looks up what toolkits offer now. */
  readonly toolkitOperation: (id: string) => Operation | undefined
}

/** Every operation by id. Faults in the wiring are returned all at once, for a refusal to boot. */
export function createRegistry(parts: RegistryParts): { registry: Registry; faults: string[] } {
  const byId = new Map<string, Operation>()
  const faults: string[] = []
  for (const operation of parts.core) {
    if (byId.has(operation.id)) faults.push(`operation ${operation.id} has two handlers`)
    byId.set(operation.id, operation)
  }
  const declared = new Set<string>()
  for (const declaration of parts.declarations) {
    if (declared.has(declaration.id)) faults.push(`operation ${declaration.id} is declared twice`)
    declared.add(declaration.id)
    if (!byId.has(declaration.id)) faults.push(`operation ${declaration.id} has no handler`)
  }
  for (const id of byId.keys()) {
    if (!declared.has(id)) faults.push(`operation ${id} has a handler but no declaration`)
  }
  return { registry: { find: (id) => byId.get(id) ?? parts.toolkitOperation(id) }, faults }
}
