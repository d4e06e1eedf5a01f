import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ToolkitManifest, toolkitManifestSchema } from '@sre-toolbox/sdk/manifest'
import { createAdditionsReader, type ReadAdditions } from './codex-additions.ts'
import { type ManifestSurroundings, manifestFaults } from './manifest-faults.ts'
import type { PlaceCode } from './ports.ts'
import type { Schemas } from './schemas.ts'
import { type Toolkit, toToolkit } from './toolkit.ts'

export interface BundleDirectory {
  /** Absolute; each directory in it that has a `toolkit.json` is a bundle. */
  readonly path: string
  /** Came with the product. */
  readonly bundled: boolean
}

export interface BundleFault {
  readonly bundled: boolean
  /** Begins with the bundle's place. */
  readonly message: string
}

type Surroundings = Omit<ManifestSurroundings, 'directory'> & { readonly placeCode: PlaceCode }

/** Reads every bundle below the directories; of one with a fault nothing is used. Never rejects. */
export async function loadBundles(
  directories: readonly BundleDirectory[],
  around: Surroundings,
): Promise<{ toolkits: Toolkit[]; faults: BundleFault[] }> {
  const faults: BundleFault[] = []
  const placeOf = new Map<string, string>()
  const toolkits: Toolkit[] = []
  const readAdditions = createAdditionsReader()

  for (const { path, bundled } of directories) {
    const refuse = (place: string, reasons: readonly string[]) => {
      for (const reason of reasons) faults.push({ bundled, message: `${place}: ${reason}` })
    }
    const places = await bundlesIn(path).catch((error: Error) => refuse(path, [error.message]))
    for (const place of places ?? []) {
      const loaded = await loadBundle(place, bundled, { ...around, readAdditions }).catch((error: Error) => [
        error.message,
      ])
      if (Array.isArray(loaded)) {
        refuse(place, loaded)
        continue
      }
      const earlier = placeOf.get(loaded.slug)
      if (earlier) refuse(place, [`the slug ${loaded.slug} is taken by ${earlier}`])
      else {
        placeOf.set(loaded.slug, place)
        toolkits.push(loaded)
      }
    }
  }
  return { toolkits, faults }
}

async function bundlesIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true })
  const directories = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name))
  const contents = await Promise.all(directories.map((directory) => readdir(directory)))
  return directories.filter((_, index) => contents[index]?.includes('toolkit.json')).sort()
}

/** The toolkit, or all that is wrong with it. */
async function loadBundle(
  directory: string,
  bundled: boolean,
  around: Surroundings & { readonly readAdditions: ReadAdditions },
): Promise<Toolkit | string[]> {
  const content = readJson(await readFile(join(directory, 'toolkit.json'), 'utf8'))
  const shape = shapeFaults(content, around.schemas)
  if (shape.length > 0) return shape
  const manifest = content as ToolkitManifest
  const faults = manifestFaults(manifest, { ...around, directory })
  if (faults.length > 0) return faults
  const { slug, version, server = '' } = manifest
  const placed = await around.placeCode(slug, directory)
  const { additions, faults: codexFaults } = await around.readAdditions(manifest, { ...placed, bundled })
  if (codexFaults.length > 0) return codexFaults
  const code = { slug, version, ...placed, entry: server }
  return toToolkit(manifest, code, { bundled, source: directory, additions })
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`toolkit.json is not JSON: ${(error as Error).message}`)
  }
}

function shapeFaults(content: unknown, schemas: Schemas): string[] {
  const checked = schemas.check(toolkitManifestSchema, content)
  if (checked.ok) return []
  return checked.errors.map(({ path, message }) => `toolkit.json: ${path || 'the whole'} ${message}`)
}
