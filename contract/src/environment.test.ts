import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readSources } from '../../test/support/sources.ts'
import { environmentNames } from './environment.ts'

const config = readFileSync(new URL('../../frontend/vite.config.ts', import.meta.url), 'utf8')
const texts = {
  server: readSources('backend/src/compose').map(({ text }) => text),
  frontend: [...readSources('frontend/src').map(({ text }) => text), config],
  cli: readSources('cli', 'codex').map(({ text }) => text),
}
const readers = Object.entries(environmentNames).flatMap(([who, names]) =>
  names.map((name) => [name, who as keyof typeof environmentNames] as const),
)

it.each(readers)('%s is read by the %s', (name, who) => {
  expect(texts[who].some((text) => new RegExp(`\\b${name}\\b`).test(text))).toBe(true)
})
