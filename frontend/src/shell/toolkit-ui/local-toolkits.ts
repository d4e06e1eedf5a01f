/** A toolkit whose source the development server has. */
export interface LocalToolkit {
  readonly url: string
  readonly load: () => Promise<unknown>
}

/** By slug. The development server puts the real ones here (`build/local-toolkits.ts`); a built shell has none. */
export const localToolkits: Readonly<Record<string, LocalToolkit>> = {}
