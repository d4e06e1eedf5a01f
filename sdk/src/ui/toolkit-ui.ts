import type { ComponentType } from 'react'

/** One page of a toolkit, below `/toolkits/<slug>/`. */
export interface ToolkitPage {
  /** Its place below the toolkit's own, such as `history`; empty for the first page. Paths below it are the page's, too. */
  readonly path: string
  /** The word on its tab. */
  readonly title: string
  readonly Component: ComponentType
}

/** What the module of a toolkit's user interface exports as `toolkitUi`. */
export interface ToolkitUi {
  /** In the order of their tabs; the shell adds one more with the operations as forms. */
  readonly pages: readonly [ToolkitPage, ...ToolkitPage[]]
}

/** Exists so that what is missing is seen while writing: `export const toolkitUi = defineToolkitUi({ pages: [...] })`. */
export function defineToolkitUi(ui: ToolkitUi): ToolkitUi {
  return ui
}
