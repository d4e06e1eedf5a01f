import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ManifestOperation, ToolkitManifest } from '@sre-toolbox/sdk/manifest'

export interface SampleToolkit {
  readonly manifest?: Partial<ToolkitManifest>
  /** Source text of handlers by operation id, each with what its manifest entry has besides the usual. */
  readonly operations?: Readonly<
    Record<string, readonly [source: string, manifest?: Partial<ManifestOperation>]>
  >
  /** What else lies in it, by path. */
  readonly files?: Readonly<Record<string, string>>
}

const anything = { type: 'object' }

export async function writeToolkit(directory: string, slug: string, sample: SampleToolkit): Promise<void> {
  const { manifest = {}, operations = {}, files = {} } = sample
  const entries = Object.entries(operations)
  await writeFiles(directory, {
    'toolkit.json': JSON.stringify({
      schemaVersion: 1,
      slug,
      name: slug,
      description: `The toolkit ${slug}`,
      version: '1.0.0',
      toolbox: '^1.0.0',
      server: 'server/index.ts',
      operations: entries.map(([id, [, extra]]) => ({
        id,
        title: id,
        description: id,
        mode: 'call',
        effect: 'read',
        role: 'toolkit.user',
        idempotent: true,
        timeoutSeconds: 10,
        input: anything,
        output: {},
        ...extra,
      })),
      ...manifest,
    }),
    'server/index.ts': `import { defineOperation, defineToolkit, OperationError } from '@sre-toolbox/sdk'
      export default defineToolkit({ operations: {
        ${entries.map(([id, [source]]) => `${id}: defineOperation<any>(${source})`).join(',\n')}
      } })`,
    ...files,
  })
}

export async function writeFiles(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), content)
  }
}
