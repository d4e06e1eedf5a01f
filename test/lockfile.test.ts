import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

type Lock = {
  packages: Record<
    string,
    { resolved?: string; link?: boolean; integrity?: string; optionalDependencies?: Record<string, string> }
  >
}

const { packages }: Lock = JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8'))
const installed = Object.entries(packages).filter(
  ([path, { link }]) => path.includes('node_modules/') && !link,
)

describe('package-lock.json', () => {
  // An address would tie every clone to the registry of whoever wrote the file last; `.npmrc` keeps npm from writing one.
  it('names no registry', () => {
    expect(installed.filter(([, { resolved }]) => resolved?.startsWith('http'))).toEqual([])
  })

  it('pins every package to its contents', () => {
    expect(installed.length).toBeGreaterThan(100)
    expect(installed.filter(([, { integrity }]) => !integrity).map(([path]) => path)).toEqual([])
  })

  // npm leaves out a build that the registry does not have yet, and `npm ci` then refuses the whole file on every machine.
  it('holds the builds for every platform', () => {
    const names = new Set(
      installed.map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)),
    )
    const missing = installed.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !names.has(name))
        .map((name) => `${name} (of ${path})`),
    )
    expect(missing).toEqual([])
  })
})
