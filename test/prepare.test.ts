import { execFile } from 'node:child_process'
import { chmod, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type TemporaryDirectory, temporaryDirectory } from './support/temporary.ts'

// The launcher runs for real; npm is a script that notes how it was called and lays a runtime where the real one would.
const npm = `#!/bin/sh
echo "$1" >> calls
[ -e refuse ] && exit 1
mkdir -p node_modules/.bin
mkdir -p node_modules/vite/bin
cp vite.js node_modules/vite/bin/vite.js
[ -e without-runtime ] || ln -sf ${process.execPath} node_modules/.bin/node
`

// Stands for the bundler: notes that it was called and lays down a page.
const vite = `import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
appendFileSync('../builds', 'build\\n')
if (existsSync('broken')) process.exit(1)
mkdirSync('dist', { recursive: true })
writeFileSync('dist/index.html', 'page')
`

async function clone(): Promise<TemporaryDirectory> {
  const directory = await temporaryDirectory()
  const at = (path: string) => join(directory.path, path)
  await mkdir(at('scripts/lib'), { recursive: true })
  await mkdir(at('frontend/src'), { recursive: true })
  await writeFile(at('frontend/src/main.tsx'), 'one')
  await writeFile(at('vite.js'), vite)
  await mkdir(at('bin'))
  for (const script of ['prepare.js', 'lib/web-app.js', 'lib/toolkit-uis.js', 'lib/digest.js']) {
    await copyFile(join(import.meta.dirname, '../scripts', script), at(join('scripts', script)))
  }
  await writeFile(at('package.json'), '{ "type": "module" }')
  await writeFile(at('package-lock.json'), '{}')
  await writeFile(at('bin/npm'), npm)
  await chmod(at('bin/npm'), 0o755)
  return directory
}

function prepare(path: string): Promise<{ code: number; message: string }> {
  const env = { ...process.env, PATH: [join(path, 'bin'), process.env.PATH].join(delimiter) }
  return new Promise((resolve) => {
    execFile(process.execPath, ['scripts/prepare.js'], { cwd: path, env }, (error, _output, message) =>
      resolve({ code: error ? Number(error.code) : 0, message }),
    )
  })
}

const linesOf = async (path: string, file: string) =>
  (await readFile(join(path, file), 'utf8')).trim().split('\n')
const callsOf = (path: string) => linesOf(path, 'calls')

describe('preparing a clone', () => {
  it('installs once, and says nothing when there is nothing to do', async () => {
    await using directory = await clone()
    expect(await prepare(directory.path)).toMatchObject({ code: 0 })
    expect(await prepare(directory.path)).toEqual({ code: 0, message: '' })
    expect(await callsOf(directory.path)).toEqual(['ci'])
  })

  it('brings the install up to date in place when package-lock.json has changed', async () => {
    await using directory = await clone()
    await prepare(directory.path)
    await writeFile(join(directory.path, 'package-lock.json'), '{ "packages": {} }')
    await prepare(directory.path)
    await prepare(directory.path)
    expect(await callsOf(directory.path)).toEqual(['ci', 'install'])
  })

  it('says what to do when the install fails, and starts anew the next time', async () => {
    await using directory = await clone()
    await writeFile(join(directory.path, 'refuse'), '')
    const { code, message } = await prepare(directory.path)
    expect(code).toBe(1)
    expect(message).toMatch(/install failed[\s\S]*registry can be reached[\s\S]*run the same command again/)
    await rm(join(directory.path, 'refuse'))
    expect(await prepare(directory.path)).toMatchObject({ code: 0 })
    expect(await callsOf(directory.path)).toEqual(['ci', 'ci'])
  })

  it('refuses an install that left no runtime, because install scripts are off', async () => {
    await using directory = await clone()
    await writeFile(join(directory.path, 'without-runtime'), '')
    const { code, message } = await prepare(directory.path)
    expect(code).toBe(1)
    expect(message).toContain('npm config set ignore-scripts false')
  })

  it('builds the web app once, and again when its sources have changed', async () => {
    await using directory = await clone()
    await prepare(directory.path)
    await prepare(directory.path)
    expect(await linesOf(directory.path, 'builds')).toEqual(['build'])
    await writeFile(join(directory.path, 'frontend/src/main.tsx'), 'two')
    await prepare(directory.path)
    expect(await linesOf(directory.path, 'builds')).toEqual(['build', 'build'])
  })

  it('says so when the web app does not build, and tries again the next time', async () => {
    await using directory = await clone()
    await writeFile(join(directory.path, 'frontend/broken'), '')
    const { code, message } = await prepare(directory.path)
    expect(code).toBe(1)
    expect(message).toContain('The web app could not be built')
    await rm(join(directory.path, 'frontend/broken'))
    expect(await prepare(directory.path)).toMatchObject({ code: 0 })
  })
})
