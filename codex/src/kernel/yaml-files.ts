import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/** Every `*.yaml` of the directories with its value, in order of names; what is no YAML is a fault that names the file. */
export function readYamlFiles(directories: readonly string[]): YamlFiles {
  return readYaml(directories.flatMap(yamlFiles))
}

export interface YamlFiles {
  readonly files: { file: string; value: unknown }[]
  readonly faults: string[]
}

/** The value of each of these files. */
export function readYaml(paths: readonly string[]): YamlFiles {
  const faults: string[] = []
  const files = paths.flatMap((file) => {
    try {
      if (lstatSync(file).isSymbolicLink()) throw new Error('a link is not read; put the file itself here')
      return [{ file, value: parse(readFileSync(file, 'utf8'), { prettyErrors: true }) as unknown }]
    } catch (error) {
      faults.push(`${file}: ${error instanceof Error ? error.message : String(error)}`)
      return []
    }
  })
  return { files, faults }
}

function yamlFiles(directory: string): string[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(directory, name))
}
