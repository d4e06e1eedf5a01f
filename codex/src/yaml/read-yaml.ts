import { conflictMarkers } from '../text/read-text.ts'
import type { ReadYaml } from './read-full.ts'
import { readPlain } from './read-plain.ts'

/** Reads YAML with places: the plain style at once, all else by the full parser, which is loaded only then. */
export async function readYaml(text: string, file: string): Promise<ReadYaml> {
  const conflicts = conflictMarkers(text, file)
  if (conflicts.length > 0) return { node: undefined, findings: conflicts }
  const plain = readPlain(text)
  if (plain) return { node: plain, findings: [] }
  const { readFull } = await import('./read-full.ts')
  return readFull(text, file)
}
