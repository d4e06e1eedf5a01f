import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** Lays a `.br` and a `.gz` beside every text file, so that the server never compresses. */
export function compressed(): Plugin {
  let directory = ''
  return {
    name: 'compressed',
    apply: 'build',
    configResolved(config) {
      directory = `${config.root}/${config.build.outDir}`
    },
    closeBundle() {
      for (const file of globSync(`${directory}/**/*.{html,js,css,svg}`)) {
        const content = readFileSync(file)
        writeFileSync(`${file}.br`, brotliCompressSync(content))
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
      }
    },
  }
}
