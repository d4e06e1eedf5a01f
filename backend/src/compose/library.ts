import { type Library, loadLibrary } from '@sre-toolbox/codex/library'
import type { ToolkitAdditions } from '@sre-toolbox/codex/toolkit-additions'

/** The personas and tasks of the product and of the toolkits that are enabled at this moment. */
export function createLibrary(additions: () => readonly ToolkitAdditions[]): () => Library {
  // The product's own does not change while it runs, and reading it takes a tenth of a second.
  let product: Library | null = null
  return () => {
    product ??= loadLibrary(undefined)
    const all: readonly Library[] = [product, ...additions()]
    return {
      personas: all.flatMap(({ personas }) => personas),
      tasks: all.flatMap(({ tasks }) => tasks),
    }
  }
}
