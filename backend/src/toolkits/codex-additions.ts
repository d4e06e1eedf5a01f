import { loadPersonas } from '@sre-toolbox/codex/personas'
import { readToolkitAdditions, type ToolkitAdditions } from '@sre-toolbox/codex/toolkit-additions'
import type { ToolkitManifest } from '@sre-toolbox/sdk/manifest'
import { toFact, toOperationViews } from './describe.ts'

/** Reads what a bundle adds to the codex, or all that is wrong with it. */
export type ReadAdditions = (
  manifest: ToolkitManifest,
  from: { readonly directory: string; readonly bundled: boolean },
) => Promise<{ additions: ToolkitAdditions; faults: string[] }>

/** For one reading of the bundles: the product's personas are read at most once. */
export function createAdditionsReader(): ReadAdditions {
  let personas: ReturnType<typeof loadPersonas> | null = null
  const given = () => {
    personas ??= loadPersonas()
    return personas
  }
  return async (manifest, from) => {
    const { slug, version, permissions, codex = {} } = manifest
    const { tasks = [], personas = [], prompts = [] } = codex
    const views = toOperationViews({ slug, manifest })
    const bundle = {
      ...from,
      slug,
      version,
      operations: views.map(toFact),
      jobs: views.filter(({ mode }) => mode === 'job').map(({ id }) => id),
      permitted: permissions?.operations ?? [],
      files: { tasks, personas, prompts },
    }
    const { additions, faults } = await readToolkitAdditions(bundle, given)
    return { additions, faults: faults.map((fault) => `codex: ${fault}`) }
  }
}
