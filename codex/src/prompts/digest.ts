import { sha256 } from '../kernel/sha256.ts'

export const digestPattern = /^sha256:[0-9a-f]{64}$/

/**
 * The digest of a prompt: over its text without a byte-order mark, with `\n` line ends, no blanks at line ends, one line
 * break at the end, and without the front matter's own `digest:` line.
 */
export function digestOf(text: string): string {
  return `sha256:${sha256(normalise(text))}`
}

/** The text with its digest as the last line of its front matter, in place of one that stood there. */
export function pinDigest(text: string): string {
  const bare = text.replace(/^\ufeff/, '')
  const matter = frontMatter.exec(bare)
  if (matter?.index !== 0) return text
  const head = withoutDigest(matter[0])
  const end = head.lastIndexOf('---')
  const lineEnd = head.includes('\r\n') ? '\r\n' : '\n'
  return `${head.slice(0, end)}digest: ${digestOf(text)}${lineEnd}${head.slice(end)}${bare.slice(matter[0].length)}`
}

const frontMatter = /^---\r?\n[\s\S]*?^---[ \t]*(?:\r?\n|$)/m

function normalise(text: string): string {
  const plain = text
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
    .replace(/[ \t]+$/gm, '')
  const matter = frontMatter.exec(plain)
  const head = matter?.index === 0 ? withoutDigest(matter[0]) : ''
  return `${head}${plain.slice(matter?.index === 0 ? matter[0].length : 0)}`.trimEnd().concat('\n')
}

function withoutDigest(head: string): string {
  return head.replace(/^digest:.*\r?\n/gm, '')
}
