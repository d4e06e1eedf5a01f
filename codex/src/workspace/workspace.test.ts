import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { scratch } from '../../test/scratch.ts'
import { confinedWorkspaceAt } from './workspace.ts'

describe('a confined workspace', () => {
  test('reaches its files, those that are not there yet, and links that stay inside', () => {
    using place = scratch({ 'docs/real.yaml': '' })
    symlinkSync('real.yaml', join(place.root, 'docs/TODO.yaml'))
    const { root, at } = confinedWorkspaceAt(place.root)
    expect(at('docs/TODO.yaml')).toBe(join(root, 'docs/TODO.yaml'))
    expect(at('ai/state/events/new.jsonl')).toBe(join(root, 'ai/state/events/new.jsonl'))
  })

  test('refuses a file, a directory and a link to nothing that lead out of it', () => {
    using outside = scratch({ secret: '', 'docs/TODO.yaml': '' })
    using place = scratch()
    mkdirSync(join(place.root, 'ai'))
    symlinkSync(join(outside.root, 'docs'), join(place.root, 'docs'))
    symlinkSync(join(outside.root, 'secret'), join(place.root, 'ai/link'))
    symlinkSync(join(outside.root, 'absent'), join(place.root, 'ai/later'))
    const { at } = confinedWorkspaceAt(place.root)
    for (const path of ['docs/TODO.yaml', 'docs/new.yaml', 'ai/link', 'ai/later', '../elsewhere']) {
      expect(() => at(path), path).toThrow(expect.objectContaining({ code: 'outside' }))
    }
  })

  test('is the same by whichever way it is reached', () => {
    using place = scratch()
    using other = scratch()
    symlinkSync(place.root, join(other.root, 'link'))
    expect(confinedWorkspaceAt(join(other.root, 'link')).root).toBe(confinedWorkspaceAt(place.root).root)
  })
})
