import { delimiter, join, resolve } from 'node:path'
import { defineConfig, loadEnv } from 'vite'
import { compressed } from './build/compressed.ts'
import { contractAsData } from './build/contract-as-data.ts'
import { localToolkits } from './build/local-toolkits.ts'

/** Those of the product, and those that the server is given by the same variable. */
const toolkits = [
  join(import.meta.dirname, '../toolkits'),
  ...(process.env.TOOLBOX_EXTRA_TOOLKITS ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((path) => resolve(path)),
]

export default defineConfig(({ mode }) => {
  const server = loadEnv(mode, import.meta.dirname).VITE_DEV_API_PROXY ?? 'http://127.0.0.1:8080'
  return {
    plugins: [contractAsData(), localToolkits(toolkits), compressed()],
    build: {
      // Everything with a hash in its name is immutable; the rest is asked for again each time.
      assetsDir: 'assets',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // In kB before compression. What a first load weighs is measured by `npm run bench -- v9`.
      chunkSizeWarningLimit: 600,
      rolldownOptions: {
        treeshake: { manualPureFunctions: ['z'] },
        // Libraries mark what a server may not render; nothing is rendered there.
        onLog: (level, log, report) => {
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log)
        },
      },
    },
    server: {
      proxy: Object.fromEntries(
        ['/api', '/toolkit-assets'].map((path) => [path, { target: server, changeOrigin: true }]),
      ),
    },
  }
})
