import type { Finding } from '../text/finding.ts'
import { positionAt } from '../text/position.ts'
import { plainValue, type YamlMap } from '../yaml/node.ts'
import { readYaml } from '../yaml/read-yaml.ts'

/** A second-level heading and what stands below it; `line` is the heading's. */
export type Section = { name: string; line: number; lines: string[] }

/** A key of the front matter. */
export type Entry = { value: unknown; line: number; column: number }

export type Prompt = {
  file: string
  text: string
  matter: ReadonlyMap<string, Entry>
  persona: string | undefined
  task: string | undefined
  sections: Section[]
}

/** Reads a prompt: Markdown with front matter between two `---` lines. */
export async function readPrompt(
  source: string,
  file: string,
): Promise<{ prompt: Prompt; findings: Finding[] }> {
  const text = source.replace(/^\ufeff/, '').replaceAll('\r\n', '\n')
  const found = /^---\n([\s\S]*?)(?:^---[ \t]*(?:\n|$))/m.exec(text)
  const headed = found?.index === 0 ? found : undefined
  const findings: Finding[] = []
  const matter = headed ? await readMatter(headed[1] ?? '', file, findings) : new Map<string, Entry>()
  if (!headed) findings.push(noMatter(file))
  const from = headed ? headed[0].split('\n').length - (headed[0].endsWith('\n') ? 1 : 0) : 0
  const { sections, openFence } = sectionsOf(text.split('\n'), from)
  if (openFence) findings.push(unclosed(file, openFence))
  const prompt = {
    file,
    text,
    matter,
    persona: textOf(matter, 'persona'),
    task: textOf(matter, 'task'),
    sections,
  }
  return { prompt, findings }
}

async function readMatter(source: string, file: string, findings: Finding[]): Promise<Map<string, Entry>> {
  const { node, findings: faults } = await readYaml(source, file)
  // The matter begins on the second line.
  findings.push(...faults.map((each) => ({ ...each, severity: 'error' as const, line: each.line + 1 })))
  if (faults.length === 0 && node?.kind !== 'map') findings.push(noMatter(file))
  return new Map(node?.kind === 'map' ? entriesOf(node, source) : [])
}

function entriesOf(node: YamlMap, source: string): [string, Entry][] {
  return node.pairs.map(({ key, value }) => {
    const { line, column } = positionAt(source, key.start)
    return [String(key.value), { value: plainValue(value), line: line + 1, column }]
  })
}

export function textOf(matter: Prompt['matter'], key: string): string | undefined {
  const value = matter.get(key)?.value
  return value === undefined || value === null || typeof value === 'object' ? undefined : String(value)
}

function sectionsOf(
  lines: readonly string[],
  from: number,
): { sections: Section[]; openFence: number | undefined } {
  const sections: Section[] = []
  let fence: { mark: string; line: number } | undefined
  lines.forEach((line, index) => {
    if (index < from) return
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (mark && !fence) fence = { mark, line: index + 1 }
    else if (mark && fence && mark.startsWith(fence.mark)) fence = undefined
    const name = fence ? undefined : /^##[ \t]+(.+?)[ \t]*$/.exec(line)?.[1]
    if (name !== undefined) sections.push({ name, line: index + 1, lines: [] })
    else sections.at(-1)?.lines.push(line)
  })
  return { sections, openFence: fence?.line }
}

function noMatter(file: string): Finding {
  return {
    code: 'front_matter_missing',
    severity: 'error',
    file,
    line: 1,
    column: 1,
    message: 'The prompt does not begin with front matter.',
    fix: 'begin it with `---`, `persona: <slug>`, `---`.',
  }
}

function unclosed(file: string, line: number): Finding {
  return {
    code: 'unclosed_fence',
    severity: 'error',
    file,
    line,
    column: 1,
    message: 'This code block never ends, so the sections below it are part of it.',
    fix: 'close it with the same marks.',
  }
}
