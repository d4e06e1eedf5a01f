import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { readYaml } from '../kernel/yaml-files.ts'
import type { Persona } from '../personas/persona.ts'
import { checkTask } from '../tasks/check-task.ts'
import type { TaskDefinition } from '../tasks/task.ts'
import { addedPersona, addedTask } from './added-names.ts'
import type { Library } from './load-library.ts'
import { originFaults } from './origin.ts'
import type { ToolkitPrompt } from './toolkit-prompts.ts'
import { isOf, personaFaults, stepRule, type ToolkitReach } from './toolkit-rules.ts'

/** A bundle, as far as the codex is concerned. */
export interface ToolkitBundle extends ToolkitReach {
  readonly version: string
  readonly directory: string
  /** Came with the product, and was reviewed with it: its additions need to name no pull request. */
  readonly bundled: boolean
  /** Paths within the directory. */
  readonly files: {
    readonly tasks: readonly string[]
    readonly personas: readonly string[]
    readonly prompts: readonly string[]
  }
}

/** What a toolkit adds while it is enabled. */
export interface ToolkitAdditions extends Library {
  readonly toolkit: string
  readonly version: string
  readonly prompts: readonly ToolkitPrompt[]
}

/** Reads what a bundle adds. Of one with faults nothing is used; all are told at once, each with its file. */
export async function readToolkitAdditions(
  bundle: ToolkitBundle,
  /** Those of the product. */
  given: () => readonly Persona[],
): Promise<{ additions: ToolkitAdditions; faults: string[] }> {
  const { slug: toolkit, version, files } = bundle
  const faults: string[] = []
  const personas = entriesOf<Persona>(bundle, files.personas, addedPersona, faults).map(({ path, entry }) => {
    faults.push(...personaFaults(bundle, entry).map((fault) => `${path}: ${fault}`))
    return entry
  })
  const isUsed = files.tasks.length + files.prompts.length > 0
  const bySlug = new Map([...(isUsed ? given() : []), ...personas].map((each) => [each.slug, each]))
  const tasks = entriesOf<TaskDefinition>(bundle, files.tasks, addedTask, faults).map(({ path, entry }) => {
    faults.push(...checkTask(entry, bySlug, stepRule(bundle, entry)).map((fault) => `${path}: ${fault}`))
    return entry
  })
  const prompts: ToolkitPrompt[] = []
  for (const path of files.prompts) {
    const text = textOf(bundle, path, faults)
    if (text === null) continue
    // It reads Markdown, which nothing else at the start of a server needs.
    const { checkToolkitPrompt } = await import('./toolkit-prompts.ts')
    const name = `${toolkit}.${basename(path, '.md')}`
    const library = { personas: [...bySlug.values()], tasks }
    const checked = await checkToolkitPrompt({ name, path, text }, bundle, library)
    faults.push(...checked.faults)
    prompts.push(checked.prompt)
  }
  faults.push(...repeated([...personas, ...tasks].map(({ slug }) => slug)))
  faults.push(...repeated(prompts.map(({ name }) => name)))
  return { additions: { toolkit, version, personas, tasks, prompts }, faults }
}

function entriesOf<Entry extends Pick<Persona | TaskDefinition, 'slug' | 'origin'>>(
  bundle: ToolkitBundle,
  paths: readonly string[],
  schema: z.ZodType<Entry>,
  faults: string[],
): { path: string; entry: Entry }[] {
  const within = {
    exists: (path: string) => existsSync(join(bundle.directory, path)),
    reviewed: bundle.bundled,
  }
  return paths.flatMap((path) => {
    const read = readYaml([join(bundle.directory, path)])
    faults.push(...read.faults.map((fault) => fault.replace(`${bundle.directory}/`, '')))
    return read.files.flatMap(({ value }) => {
      const parsed = schema.safeParse(value)
      if (!parsed.success) {
        faults.push(`${path}: ${z.prettifyError(parsed.error)}`)
        return []
      }
      const entry = parsed.data
      if (!isOf(bundle, entry.slug))
        faults.push(`${path}: the slug ${entry.slug} must begin with ${bundle.slug}.`)
      faults.push(...originFaults(entry.origin, within).map((fault) => `${path}: ${fault}`))
      return [{ path, entry }]
    })
  })
}

function textOf({ directory }: ToolkitBundle, path: string, faults: string[]): string | null {
  try {
    return readFileSync(join(directory, path), 'utf8')
  } catch (error) {
    faults.push(`${path}: ${(error as Error).message.replaceAll(`${directory}/`, '')}`)
    return null
  }
}

function repeated(names: readonly string[]): string[] {
  const twice = names.filter((name, index) => names.indexOf(name) !== index)
  return [...new Set(twice)].map((name) => `${name} is there twice; choose another name`)
}
