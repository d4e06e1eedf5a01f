import { createToolkitHosts, materialise } from '../index.ts'

/** Stands for a control plane that is killed: starts a toolkit that never stops, and says so. */
const [source, storage, runDirectory] = process.argv.slice(2) as [string, string, string]
const logger = { debug() {}, info() {}, warn() {}, error() {} }
const hosts = createToolkitHosts({ storageDirectory: storage, runDirectory, logger })
const { digest, directory } = await materialise({ slug: 'sample', source, storage })
const code = { slug: 'sample', version: '1.0.0', digest, directory, entry: 'server/index.ts' }
for (const operation of process.argv.slice(5)) {
  hosts.start(
    code,
    { operation, input: {}, settings: {}, job: null, exclusive: true },
    {
      log: async () => {},
      request: async () => null,
      progress: ({ message }) => process.stdout.write(`${message}\n`),
    },
  )
}
