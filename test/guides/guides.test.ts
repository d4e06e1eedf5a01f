import { globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { InlineCode, Link, Node, Parents, Text } from 'mdast'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Guide } from '../../backend/src/documentation/guide.ts'
import type { Library } from '../../backend/src/documentation/library.ts'
import { parseMarkdown } from '../../backend/src/documentation/parse-guide.ts'
import { productLibrary } from '../../backend/src/documentation/test/product-library.ts'
import { operations } from '../../contract/src/index.ts'
import { streams } from '../../contract/src/streams.ts'
import { webRoutes } from '../../contract/src/web-routes.ts'
import { readSources } from '../support/sources.ts'
import { commandFault, readCommands } from './commands.ts'
import { createLabelCheck, createMessageCheck } from './messages.ts'

const root = join(import.meta.dirname, '../..')
const manifests = globSync('toolkits/*/toolkit.json', { cwd: root })
const offered = manifests.flatMap((path) => {
  const { slug, operations } = JSON.parse(readFileSync(join(root, path), 'utf8')) as {
    slug: string
    operations: { id: string }[]
  }
  return operations.map(({ id }) => `${slug}.${id}`)
})
const operationIds = new Set([...operations, ...streams].map(({ id }) => id).concat(offered))
const capabilities = new Set([...operationIds].map((id) => id.slice(0, id.indexOf('.'))))
/** What the server answers beside the API's operations and the pages. */
const otherAddresses = ['/api/docs', '/api/openapi.json', '/healthz', '/readyz', '/metrics']
/** `audit.csv` is no operation of the audit log. */
const isFileName = /\.(?:csv|jsonl|md)$/
const allOfIt = (node: Node): Node[] => [
  node,
  ...('children' in node ? (node as Parents).children.flatMap(allOfIt) : []),
]

describe('what the guides name', () => {
  let library: Library
  let guides: { path: string; guide: Guide; nodes: Node[]; code: string[]; shell: string[] }[]

  beforeAll(async () => {
    library = await productLibrary()
    guides = library.guides.map((guide) => {
      const { text, bodyStart, summary } = guide
      const nodes = parseMarkdown(text.slice(bodyStart)).flatMap(allOfIt)
      const inline = nodes
        .filter((node): node is InlineCode => node.type === 'inlineCode')
        .map(({ value }) => value)
      const blocks = nodes
        .filter(({ type }) => type === 'code')
        .map((node) => (node as unknown as Text).value)
      const shell = blocks
        .flatMap((block) =>
          block
            .replaceAll('\\\n', ' ')
            .replace(/'[^']*'/g, (quoted) => quoted.replaceAll('\n', ' '))
            .split('\n'),
        )
        .map((line) => line.trim())
      return { path: summary.path, guide, nodes, code: inline, shell }
    })
  })

  /** Of all guides, what a search finds at fault, as `path: fault`. */
  const faults = (search: (guide: (typeof guides)[number]) => readonly string[]) =>
    guides.flatMap((guide) => search(guide).map((fault) => `${guide.path}: ${fault}`))

  it('is looked for in all of them', () => {
    expect(guides.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'frontend/documentation/jobs.md',
        'cli/README.md',
        'toolkits/regex/docs/index.md',
      ]),
    )
  })

  it('is headed by title, summary, group and order in each of the product', () => {
    const headless = guides
      .filter(({ path }) => path.startsWith('frontend/documentation/'))
      .filter(({ guide }) => !/^---\ntitle: .+\nsummary: .+\ngroup: .+\norder: \d+\n/.test(guide.text))
    expect(headless.map(({ path }) => path)).toEqual([])
  })

  it('are guides and headings that are there, and pages of the product', () => {
    const found = faults(({ path, nodes }) =>
      nodes
        .filter((node): node is Link => node.type === 'link')
        .map(({ url }) => url)
        .filter((url) => !leadsSomewhere(url, path)),
    )
    expect(found).toEqual([])
  })

  it('are pages of the product in their front matter', () => {
    expect(faults(({ guide }) => guide.summary.pages.filter((page) => !isPage(page)))).toEqual([])
  })

  it('are operations that there are', () => {
    const named = /(?<![\w/.-])([a-zA-Z][\w-]*)\.([a-zA-Z]\w*|\*)(?![\w/.(-])/g
    const found = faults(({ code, shell }) =>
      [...code, ...shell].flatMap((text) =>
        [...text.matchAll(named)]
          .filter(([, capability = '']) => capabilities.has(capability))
          .filter(([id, , verb]) => verb !== '*' && !operationIds.has(id))
          .map(([id]) => id),
      ),
    )
    expect(found.filter((fault) => !isFileName.test(fault))).toEqual([])
  })

  it('are commands and options that there are', async () => {
    const commands = await readCommands()
    const found = faults(({ code, shell }) =>
      [...code, ...shell]
        .map((text) => text.replace(/^(?:\w+=\S+ )+|^npx /g, ''))
        .filter((text) => text.startsWith('toolbox '))
        .flatMap((text) => {
          const fault = commandFault(text, commands)
          return fault === null ? [] : [`${text}: ${fault}`]
        }),
    )
    expect(found).toEqual([])
  })

  it('are inputs that the operation takes', () => {
    const example = '00000000-0000-7000-8000-000000000000'
    const seen: string[] = []
    const found = faults(({ shell }) =>
      shell.flatMap((line) => {
        const [, id, input] = /toolbox call (\S+) +--input '(.*)'/.exec(line) ?? []
        const operation = operations.find((candidate) => candidate.id === id)
        if (!operation || input === undefined) return []
        seen.push(operation.id)
        const parsed = operation.input.safeParse(
          JSON.parse(input.replaceAll('<id>', example).replaceAll('…', '.'.repeat(12))),
        )
        return parsed.success ? [] : [`${id} does not take ${input}: ${parsed.error.message}`]
      }),
    )
    expect(found).toEqual([])
    expect(seen).toEqual(expect.arrayContaining(['users.create', 'schedules.create', 'tokens.create']))
  })

  it('are environment variables that the server or the command reads', () => {
    const config = readFileSync(join(root, 'backend/src/compose/config.ts'), 'utf8')
    const ofCommands = ['TOOLBOX_URL', 'TOOLBOX_TOKEN', 'XDG_CONFIG_HOME', 'NO_COLOR', 'ECONNREFUSED']
    const found = faults(({ code, shell }) =>
      [...code, ...shell]
        .flatMap((text) => text.match(/\b(?:[A-Z][A-Z0-9]+_[A-Z0-9_]+|PORT|HOST)\b/g) ?? [])
        .filter((name) => !ofCommands.includes(name) && !new RegExp(`\\b${name}\\b`).test(config)),
    )
    expect(found).toEqual([])
  })

  it('are every setting of the server', () => {
    const settings = library.find('settings')?.text ?? ''
    const config = readFileSync(join(root, 'backend/src/compose/config.ts'), 'utf8')
    const read = [...config.matchAll(/^ {2}([A-Z][A-Z_]+): (?:optional|required)/gm)].map(
      ([, name]) => name as string,
    )
    expect(read).toContain('TOOLBOX_ROLES')
    expect(read.filter((name) => !settings.includes(`\`${name}\``))).toEqual([])
  })

  it('are messages that the product says, word for word', () => {
    const isSaid = createMessageCheck()
    const found = faults(({ path, code }) =>
      path.startsWith('frontend/documentation/')
        ? code
            .map((text) => text.replace(/\s+/g, ' '))
            .filter(
              (text) =>
                /^\S+(?: \S+){3,}$/.test(text) && !/^(?:toolbox|npm|npx|ss|curl|openssl) |^\{/.test(text),
            )
            .filter((text) => !isSaid(text))
        : [],
    )
    expect(found).toEqual([])
    expect(isSaid('The data directory /x is in use by process 7.')).toBe(true)
    expect(isSaid('The data directory /x is in use by somebody.')).toBe(false)
  })

  it('are buttons, tabs and operations that a person finds on the pages', () => {
    const isThere = createLabelCheck(manifests)
    const found = faults(({ guide, path }) =>
      path.startsWith('frontend/documentation/')
        ? [...guide.text.matchAll(/(?:[Pp]ress|[Cc]hoose|[Ff]ollow|Open|then|or) \*\*([^*]+)\*\*/g)]
            .map(([, label]) => label as string)
            .filter((label) => !isThere(label.replace(/ — .*$/, '')))
        : [],
    )
    expect(found).toEqual([])
  })

  function leadsSomewhere(url: string, from: string): boolean {
    if (/^https?:/.test(url)) return true
    if (url.startsWith('/')) return isPage(url) || otherAddresses.includes(url)
    const [file = '', anchor] = url.split('#')
    const guide = library.find(file === '' ? from : posix.join(posix.dirname(from), file))
    if (!guide) return false
    return anchor === undefined || guide.headings.some((heading) => heading.anchor === anchor)
  }

  it('are what pages of the product link to', () => {
    const linked = readSources('frontend/src')
      .filter(({ path }) => !/\.test\.tsx?$/.test(path))
      .flatMap(({ text }) => text.match(/(?<=["'`])\/documentation\/[a-z][\w/#-]*(?=["'`])/g) ?? [])
    expect(linked).toContain('/documentation/first-job')
    const missing = linked.filter((address) => {
      const [, anchor] = address.split('#')
      const guide = library.find(address)
      return !guide || (anchor && !guide.headings.some((heading) => heading.anchor === anchor))
    })
    expect(missing).toEqual([])
  })

  it('are told from what is not there', () => {
    const at = 'frontend/documentation/jobs.md'
    for (const url of ['toolkits.md', '#cancel-a-job', '../../sdk/README.md', '/jobs', '/toolkits/regex']) {
      expect(leadsSomewhere(url, at), url).toBe(true)
    }
    for (const url of ['toolkit.md', '#cancel-jobs', '/job', '/toolkit/regex', 'toolkits.md#switch']) {
      expect(leadsSomewhere(url, at), url).toBe(false)
    }
  })
})

function isPage(address: string): boolean {
  const [path = ''] = address.split(/[?#]/)
  return webRoutes.some((route) => {
    const pattern = route.replace(/\/\*$/, '(?:/.*)?').replace(/:\w+/g, '[^/]+')
    return new RegExp(`^${pattern}$`).test(path)
  })
}
