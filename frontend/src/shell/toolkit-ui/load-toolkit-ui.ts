import type { ToolkitUi } from '@sre-toolbox/sdk/ui'
import { localToolkits } from './local-toolkits.ts'
import { addStylesheets, type Stylesheets } from './stylesheets.ts'

/** `local` is the source, in development; `remote` what is installed. */
export type SpecifierKind = 'local' | 'remote'

/** Where a toolkit's user interface may be loaded from. */
export interface Specifier {
  readonly kind: SpecifierKind
  readonly url: string
  /** The module; rejects with the cause in words. */
  load(): Promise<unknown>
}

export interface LoadFailure {
  readonly kind: SpecifierKind
  readonly url: string
  readonly cause: string
}

export interface LoadedUi {
  readonly from: Pick<Specifier, 'kind' | 'url'>
  readonly ui: ToolkitUi
  readonly stylesheets: Stylesheets
}

export interface LoadResult {
  /** Null when none of the specifiers could be loaded. */
  readonly loaded: LoadedUi | null
  /** Of the specifiers that were tried before. */
  readonly failures: readonly LoadFailure[]
}

/** In the order they are tried. `attempt` above 0 goes past what the browser remembers of a failed one. */
export function specifiersOf(
  { slug, uiUrl }: { slug: string; uiUrl: string | null },
  attempt: number,
): Specifier[] {
  const local = localToolkits[slug]
  return [
    ...(local ? [{ kind: 'local' as const, ...local }] : []),
    ...(uiUrl === null
      ? []
      : [{ kind: 'remote' as const, url: uiUrl, load: () => loadRemote(uiUrl, attempt) }]),
  ]
}

/** The first that loads. Never rejects. */
export async function loadToolkitUi(specifiers: readonly Specifier[]): Promise<LoadResult> {
  const failures: LoadFailure[] = []
  for (const { kind, url, load } of specifiers) {
    try {
      const module = await load()
      const ui = toToolkitUi(module)
      const stylesheets = await addStylesheets(stylesheetsOf(module, url))
      return { loaded: { from: { kind, url }, ui, stylesheets }, failures }
    } catch (thrown) {
      failures.push({ kind, url, cause: thrown instanceof Error ? thrown.message : String(thrown) })
    }
  }
  return { loaded: null, failures }
}

async function loadRemote(url: string, attempt: number): Promise<unknown> {
  try {
    return await import(/* @vite-ignore */ attempt === 0 ? url : `${url}?attempt=${attempt}`)
  } catch (thrown) {
    const reason = await whyNot(url)
    throw new Error(reason === null ? String(thrown) : `${String(thrown)}: ${reason}`)
  }
}

/** Browsers don't say what the server answered to an import; null when the answer was as it should be. */
async function whyNot(url: string): Promise<string | null> {
  try {
    const response = await fetch(url)
    const type = response.headers.get('content-type') ?? 'no type'
    if (!response.ok) {
      const detail = type.includes('json') ? String((await response.json()).detail) : ''
      return `the server answered ${response.status}${detail && `, ${detail}`}`
    }
    return type.startsWith('text/javascript') ? null : `the server sent ${type} where a script belongs`
  } catch {
    return 'the server did not answer'
  }
}

/** Throws what the module lacks. */
export function toToolkitUi(module: unknown): ToolkitUi {
  const { toolkitUi } = module as { toolkitUi?: ToolkitUi }
  if (typeof toolkitUi !== 'object' || toolkitUi === null) {
    const names = Object.keys(module as object).join(', ') || 'nothing'
    throw new Error(`The module exports no toolkitUi. It exports ${names}.`)
  }
  if (!Array.isArray(toolkitUi.pages) || toolkitUi.pages.length === 0) {
    throw new Error('Its toolkitUi has no pages: give it at least one, `{ path, title, Component }`.')
  }
  for (const { path, title, Component } of toolkitUi.pages) {
    if (typeof path !== 'string' || typeof title !== 'string' || typeof Component !== 'function') {
      throw new Error('A page of its toolkitUi lacks a path, a title or a Component.')
    }
  }
  return toolkitUi
}

/** Beside the module; Vite's development server adds them by itself. */
function stylesheetsOf(module: unknown, url: string): string[] {
  const { stylesheets } = module as { stylesheets?: readonly string[] }
  return (stylesheets ?? []).map((name) => new URL(name, new URL(url, location.href)).href)
}
