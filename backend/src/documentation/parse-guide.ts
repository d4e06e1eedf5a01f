import type { GuideHeading } from '@sre-toolbox/contract/documentation'
import GithubSlugger from 'github-slugger'
import type { Heading, Node, Parents, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { toString as toPlainText } from 'mdast-util-to-string'
import { gfm } from 'micromark-extension-gfm'
import { readFrontMatter } from './front-matter.ts'
import type { Guide, Passage, Section } from './guide.ts'
import type { GuideFile } from './ports.ts'

const lastOrder = 1000

/** Takes a file apart into sections and passages, with their places in the file. */
export function parseGuide(file: GuideFile): Guide {
  const { text, name, path, source } = file
  const { matter, bodyStart } = readFrontMatter(text)
  // Blanks instead of the front matter, so that places count from the head of the file.
  const body = text.slice(0, bodyStart).replace(/[^\r\n]/g, ' ') + text.slice(bodyStart)
  const blocks = parseMarkdown(body)
  const heading1 = blocks.find((block): block is Heading => block.type === 'heading' && block.depth === 1)
  const first = blocks.find((block) => block.type === 'paragraph')
  const title = matter.title ?? (heading1 ? plain(heading1) : name)
  const slugger = new GithubSlugger()
  const headings: GuideHeading[] = []
  const sections: Section[] = []
  const guide: Guide = {
    summary: {
      guide: name,
      title,
      summary: matter.summary ?? (first ? plain(first) : ''),
      group: matter.group ?? source.group,
      toolkit: source.toolkit,
      path,
      address: `/documentation/${name}`,
      pages: matter.pages ?? [],
    },
    order: matter.order ?? lastOrder,
    words: matter.words ?? [],
    text,
    bodyStart,
    headings,
    sections,
  }

  let open = { heading: title, trail: [] as string[], anchor: '', level: 0, startLine: 1 }
  let passages: Passage[] = []
  const close = () => {
    const { heading, trail, anchor, startLine } = open
    const endLine = passages.at(-1)?.endLine ?? startLine
    if (passages.length > 0 || anchor !== '')
      sections.push({ guide, heading, trail, anchor, startLine, endLine, passages })
  }
  for (const block of blocks) {
    if (block.type !== 'heading') {
      passages.push(...passagesOf(block))
      continue
    }
    const text = plain(block)
    const line = block.position?.start.line ?? 1
    const anchor = slugger.slug(text)
    // The title is the page's own heading.
    if (block.depth === 1 && text === title) continue
    close()
    passages = []
    headings.push({ level: block.depth, text, anchor, line })
    const above = headings.slice(0, -1)
    open = { heading: text, trail: trailOf(above, block.depth), anchor, level: block.depth, startLine: line }
  }
  close()
  return guide
}

export function parseMarkdown(text: string): RootContent[] {
  return fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }).children
}

/** Words as a reader sees them; blocks and cells are kept apart. */
function plain(node: Node): string {
  return toPlainText(node, { includeHtml: false }).replace(/\s+/g, ' ').trim()
}

/** The headings that a new one of this depth stands under. */
function trailOf(above: readonly GuideHeading[], depth: number): string[] {
  const trail: string[] = []
  let level = depth
  for (const heading of above.toReversed()) {
    if (heading.level >= level) continue
    level = heading.level
    trail.unshift(heading.text)
  }
  return trail
}

const containers = new Set(['list', 'blockquote', 'table', 'footnoteDefinition'])

function passagesOf(block: Node): Passage[] {
  if (block.type === 'listItem') {
    const { children } = block as Parents
    const nested = children.filter(({ type }) => type === 'list')
    const own = children.filter(({ type }) => type !== 'list')
    const [head, tail] = [own[0], own.at(-1)]
    const item = head && tail ? [passage(own, block, tail)] : []
    return [...item, ...nested.flatMap(passagesOf)]
  }
  if (containers.has(block.type)) return (block as Parents).children.flatMap(passagesOf)
  if (block.type === 'tableRow') return [passage((block as Parents).children, block, block)]
  if (block.type === 'paragraph' || block.type === 'code') return [passage([block], block, block)]
  return []
}

function passage(parts: readonly Node[], from: Node, to: Node): Passage {
  return {
    plain: parts.map(plain).filter(Boolean).join(' '),
    start: from.position?.start.offset ?? 0,
    end: to.position?.end.offset ?? 0,
    startLine: from.position?.start.line ?? 1,
    endLine: to.position?.end.line ?? 1,
  }
}
