import type { UserConfig } from 'vite'
import { exportStylesheets } from './export-stylesheets.ts'
import { shareModules } from './shared-modules.ts'

export { shareModules } from './shared-modules.ts'

/**
 * The Vite configuration of a toolkit's user interface: `ui/index.tsx` becomes `dist/ui/index.js`, one ES module, with its
 * stylesheet and other files beside it. What the shell shares is left out.
 *
 *     // vite.config.ts
 *     import { toolkitUi } from '@sre-toolbox/sdk/build'
 *     export default toolkitUi()
 */
export function toolkitUi(): UserConfig {
  return {
    base: './',
    publicDir: false,
    plugins: [shareModules(), exportStylesheets()],
    oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
    build: {
      outDir: 'dist/ui',
      emptyOutDir: true,
      // The shell's Content-Security-Policy lets nothing inline through.
      assetsInlineLimit: 0,
      cssCodeSplit: false,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: 'ui/index.tsx',
        preserveEntrySignatures: 'strict',
        // Reading what the shell shares has no effect, so what is not used goes.
        treeshake: { propertyReadSideEffects: false },
        output: {
          format: 'es',
          entryFileNames: 'index.js',
          assetFileNames: '[name][extname]',
          codeSplitting: false,
        },
      },
    },
  }
}
