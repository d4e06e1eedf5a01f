import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import React from 'react'
import * as JsxRuntime from 'react/jsx-runtime'
import { build } from 'vite'
import { describe, expect, it } from 'vitest'
import { type TemporaryDirectory, temporaryDirectory } from '../../../test/support/temporary.ts'
import { toolkitUi } from './index.ts'
import { sharedModules } from './shared-modules.ts'

async function buildPages(directory: TemporaryDirectory, files: Readonly<Record<string, string>>) {
  await mkdir(join(directory.path, 'ui'))
  for (const [name, content] of Object.entries(files))
    await writeFile(join(directory.path, 'ui', name), content)
  await build({ ...toolkitUi(), root: directory.path, configFile: false, logLevel: 'silent' })
  const output = join(directory.path, 'dist/ui')
  return { files: (await readdir(output)).sort(), code: await readFile(join(output, 'index.js'), 'utf8') }
}

const page = `
import './page.css'
import { useState } from 'react'
import { Link } from 'react-router'
function Page() { const [n] = useState(1); return <><Link to="/">{n}</Link></> }
export const toolkitUi = { pages: [{ path: '', title: 'Page', Component: Page }] }
`

describe("the build of a toolkit's pages", () => {
  it('makes one module without what the shell shares, and names its stylesheets', async () => {
    await using directory = await temporaryDirectory()
    const { files, code } = await buildPages(directory, { 'index.tsx': page, 'page.css': '.x{color:red}' })
    expect(files).toEqual(['index.js', 'style.css'])
    expect(code).not.toMatch(/\bimport\b/)
    expect(code).toMatch(/export ?\{[^}]* as toolkitUi/)
    expect(code).toContain('export const stylesheets = ["style.css"]')
    expect(code.length).toBeLessThan(1000)
  })

  it('lays images beside it, so that nothing inline has to be let through', async () => {
    await using directory = await temporaryDirectory()
    const { files, code } = await buildPages(directory, {
      'index.tsx': `import url from './dot.svg'\nexport const toolkitUi = { url }`,
      'dot.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    })
    expect(files).toEqual(['dot.svg', 'index.js'])
    expect(code).toContain('import.meta.url')
  })

  it.each(['react-dom/client', 'react-router/dom'])(
    'refuses %s, which must not be there twice',
    async (name) => {
      await using directory = await temporaryDirectory()
      const files = { 'index.tsx': `import * as second from '${name}'\nexport const toolkitUi = second` }
      await expect(buildPages(directory, files)).rejects.toThrow('not among what the shell shares')
    },
  )

  it('refuses to import what the shell does not share of a module', async () => {
    await using directory = await temporaryDirectory()
    const files = {
      'index.tsx': `import { BrowserRouter } from 'react-router'\nexport const toolkitUi = BrowserRouter`,
    }
    await expect(buildPages(directory, files)).rejects.toThrow('BrowserRouter')
  })

  it('shares all of React that is meant for use in browsers', () => {
    const left =
      /^__|^unstable_|^(act|addTransitionType|cache|cacheSignal|captureOwnerStack|useCacheRefresh|ViewTransition)$/
    expect(sharedModules.react?.names).toEqual(
      Object.keys(React)
        .filter((name) => !left.test(name))
        .sort(),
    )
    expect(sharedModules['react/jsx-runtime']?.names).toEqual(
      Object.keys(JsxRuntime)
        .filter((name) => !['default', 'module.exports'].includes(name))
        .sort(),
    )
  })
})
