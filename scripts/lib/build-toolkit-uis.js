// `vite build` in each of the given directories, in one process.
import { build } from 'vite'

const built = await Promise.allSettled(
  process.argv.slice(2).map((root) => build({ root, configLoader: 'native', logLevel: 'warn' })),
)
for (const { reason } of built) {
  if (reason) console.error(reason)
}
process.exitCode = built.some(({ status }) => status === 'rejected') ? 1 : 0
