import { afterAll, beforeAll, expect } from 'vitest'
import { startToolbox, type Toolbox } from '../support/toolbox.ts'
import { type Browser, startBrowser } from './browser.ts'
import { startTarget, type Target } from './target.ts'

/** What the tests of one suite share; there from their first `beforeAll` on. */
export interface Stage {
  readonly toolbox: Toolbox
  readonly browser: Browser
  /** Something to probe. */
  readonly target: Target
}

/** Opens a product, a browser and a target for the suite that calls it, and at its end asks the browser for faults. */
export function useStage(settings: Readonly<Record<string, string>> = {}): Stage {
  const open = new AsyncDisposableStack()
  const stage: { -readonly [Part in keyof Stage]?: Stage[Part] } = {}
  beforeAll(async () => {
    stage.target = open.use(await startTarget())
    stage.toolbox = open.use(await startToolbox({ settings }))
    stage.browser = open.use(await startBrowser(stage.toolbox.address))
  })
  afterAll(async () => {
    const faults = stage.browser?.faults
    await open.disposeAsync()
    expect(faults).toEqual([])
  })
  return stage as Stage
}
