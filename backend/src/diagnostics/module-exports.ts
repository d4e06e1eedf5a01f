import { init, parse } from 'es-module-lexer'

export type ModuleExports =
  | { readonly ok: true; readonly names: string[] }
  | { readonly ok: false; readonly fault: string }

/** The names that an ES module exports, read from its text. */
export async function exportsOf(source: string): Promise<ModuleExports> {
  await init
  try {
    const [, exported] = parse(source)
    return { ok: true, names: exported.map(({ n }) => n) }
  } catch (error) {
    return { ok: false, fault: error instanceof Error ? error.message : String(error) }
  }
}
