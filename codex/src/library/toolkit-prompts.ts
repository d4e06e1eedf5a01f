import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { checkPrompt } from '../prompts/check-prompt.ts'
import { digestOf } from '../prompts/digest.ts'
import { builtInFacts } from '../prompts/facts.ts'
import { sectionsOfPrompts } from '../prompts/prompt-context.ts'
import { readPrompt, textOf } from '../prompts/read-prompt.ts'
import { loadTasks } from '../tasks/load-tasks.ts'
import type { Library } from './load-library.ts'
import { type Origin, origin, originFaults } from './origin.ts'
import type { ToolkitBundle } from './toolkit-additions.ts'

/** A prompt that a toolkit brings. */
export interface ToolkitPrompt {
  /** The toolkit's slug, a dot, and its file's name without `.md`. */
  readonly name: string
  readonly title: string | null
  readonly persona: string | null
  readonly task: string | null
  readonly digest: string
  readonly text: string
  readonly origin: Origin | undefined
}

/** Lints a prompt against the product as it comes and the toolkit itself; `library` is what the toolkit adds, and personas. */
export async function checkToolkitPrompt(
  { name, path, text }: { name: string; path: string; text: string },
  bundle: ToolkitBundle,
  library: Library,
): Promise<{ prompt: ToolkitPrompt; faults: string[] }> {
  const facts = builtInFacts()
  const findings = await checkPrompt(text, path, {
    library: { personas: library.personas, tasks: [...loadTasks(library.personas), ...library.tasks] },
    facts: { ...facts, operations: [...facts.operations, ...bundle.operations] },
    sections: sectionsOfPrompts(),
    toolkitsAsked: true,
  })
  const { matter } = (await readPrompt(text, path)).prompt
  const stated = origin.safeParse(matter.get('origin')?.value)
  const within = {
    exists: (each: string) => existsSync(join(bundle.directory, each)),
    reviewed: bundle.bundled,
  }
  const of = (key: string): string | null => textOf(matter, key) ?? null
  return {
    prompt: {
      name,
      title: of('title'),
      persona: of('persona'),
      task: of('task'),
      digest: digestOf(text),
      text,
      origin: stated.data,
    },
    faults: [
      ...findings
        .filter(({ severity }) => severity !== 'hint')
        .map(({ line, column, message, fix }) => `${path}:${line}:${column}: ${message} Fix: ${fix}`),
      ...(stated.success || !matter.has('origin')
        ? originFaults(stated.data, within).map((fault) => `${path}: ${fault}`)
        : [`${path}: origin: ${z.prettifyError(stated.error)}`]),
    ],
  }
}
