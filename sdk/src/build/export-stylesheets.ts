import type { Plugin } from 'vite'

/** Adds to the entry which stylesheets lie beside it, so that the shell can load them first. */
export function exportStylesheets(): Plugin {
  return {
    name: 'toolkit-stylesheets',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const names = Object.keys(bundle).filter((name) => name.endsWith('.css'))
      for (const output of Object.values(bundle)) {
        if (output.type === 'chunk' && output.isEntry && names.length > 0) {
          output.code += `\nexport const stylesheets = ${JSON.stringify(names)};\n`
        }
      }
    },
  }
}
