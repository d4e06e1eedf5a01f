import { defineConfig, loadEnv } from 'vite'
import { compressed } from './build/compressed.ts'
import { contractAsData } from './build/contract-as-data.ts'

export default defineConfig(({ mode }) => {
  const server = loadEnv(mode, import.meta.dirname).VITE_DEV_API_PROXY ?? 'http://127.0.0.1:8080'
  return {
    plugins: [contractAsData(), compressed()],
    build: {
      // Everything with a hash in its name is immutable; the rest is asked for again each time.
      assetsDir: 'assets',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        treeshake: { manualPureFunctions: ['z'] },
        // Libraries mark what a server may not render; nothing is rendered there.
        onLog: (level, log, report) => {
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log)
        },
      },
    },
    server: { proxy: { '/api': { target: server, changeOrigin: true } } },
  }
})
