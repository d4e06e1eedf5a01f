const block = /^---\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m

/** The text below the front matter, which is for programs. */
export function bodyOf(text: string): string {
  const found = block.exec(text)
  return found?.index === 0 ? text.slice(found[0].length) : text
}

/** The text with this digest in its front matter; null where it has none to put it in. */
export function pinDigest(text: string, digest: string): string | null {
  const found = block.exec(text)
  if (found?.index !== 0) return null
  const [whole, inner = ''] = found
  const line = `digest: ${digest}`
  const eol = whole.includes('\r\n') ? '\r\n' : '\n'
  const old = /^digest:[^\r\n]*/m
  const pinned = old.test(inner) ? inner.replace(old, line) : `${inner}${line}${eol}`
  return whole.replace(inner, () => pinned) + text.slice(whole.length)
}

/** What a new prompt begins with: the sections that the checklist asks for. */
export const skeleton = `---
title: ""
persona: sre-orchestrator
---

# Title

## Environment

## Roles

## Inputs

## Outputs

## Safety

## Observability
`
