import { didYouMean } from '@sre-toolbox/contract/nearest'
import { validationFailed } from '../kernel/operation.ts'

/** Refuses ids and patterns that match no operation: a token scoped to a typing error would be refused everywhere. */
export function checkTokenOperations(wanted: readonly string[], known: readonly string[]): void {
  const capabilities = new Set(known.map((id) => `${id.split('.', 1)[0]}.*`))
  const all = new Set(['*', ...capabilities, ...known])
  const errors = wanted.flatMap((pattern, index) => {
    if (all.has(pattern)) return []
    const candidates = pattern.endsWith('.*') ? [...capabilities] : known
    const message = `no operation here is called ${pattern}.${didYouMean(pattern, candidates)}`
    return [{ path: `operations.${index}`, message }]
  })
  if (errors.length > 0) throw validationFailed(errors)
}
