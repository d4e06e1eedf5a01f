import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import type { Benchmark } from './main.ts'
import { openBrowser } from './product/browser.ts'
import { runToEnd } from './product/jobs.ts'
import { openApi, startServer } from './product/server.ts'
import { absolute, atMostAbsolute } from './result.ts'
import { median } from './statistics.ts'

const LOADS = 5
/** So that the page has something to plot. */
const JOBS = 5
/** Live updates come in meanwhile, which must move nothing either. */
const WATCH_MS = 4000

/** Runs in the page before anything else does. */
const OBSERVE = `
  window.shift = 0
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value
  }).observe({ type: 'layout-shift', buffered: true })
  window.longTasks = []
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.longTasks.push(entry.startTime + entry.duration)
  }).observe({ type: 'longtask', buffered: true })
`

export const firstLoad: Benchmark = {
  title: 'First load of the dashboard in Chromium on loopback, nothing cached',
  async run(stage) {
    const server = await startServer(stage, stage.tempDir())
    const api = await openApi(server)
    for (let job = 0; job < JOBS; job++) await runToEnd(api, 'noop')
    const browser = await openBrowser(stage, server)
    const loads: Awaited<ReturnType<typeof measure>>[] = []
    for (let load = 0; load < LOADS; load++) {
      const { page, context } = await browser.open()
      loads.push(await measure(page))
      await context.close()
    }
    const of = (key: keyof (typeof loads)[number]) => median(loads.map((load) => load[key]))
    return {
      rows: [
        absolute('JavaScript, compressed', 'kB', of('kilobytes'), atMostAbsolute(250, 'kB')),
        absolute('layout shift', '', Math.max(...loads.map(({ shift }) => shift)), atMostAbsolute(0, '')),
        absolute('interactive', 's', of('interactive'), atMostAbsolute(1.5, 's')),
      ],
      notes: [
        `median of ${LOADS} loads; of the layout shift, the worst`,
        'interactive: the page shows what the server answered, and no task of 50 ms or more runs any longer',
        'compressed: what came over the wire, headers left out (1 kB = 1,000 bytes)',
      ],
    }
  },
}

async function measure(page: Page) {
  let bytes = 0
  const sizes: Promise<void>[] = []
  page.on('requestfinished', (request) => {
    if (request.resourceType() !== 'script') return
    sizes.push(
      request.sizes().then(({ responseBodySize }) => {
        bytes += responseBodySize
      }),
    )
  })
  await page.addInitScript(OBSERVE)
  await page.goto('/')
  await page.getByRole('heading', { name: 'Needs you' }).waitFor()
  const shownAt = await page.evaluate<number>('performance.now()')
  await sleep(WATCH_MS)
  const { shift, longTasks } = await page.evaluate<{ shift: number; longTasks: number[] }>(
    '({ shift: window.shift, longTasks: window.longTasks })',
  )
  await Promise.all(sizes)
  const firstSecond = longTasks.filter((end) => end < shownAt + 1000)
  return { kilobytes: bytes / 1000, shift, interactive: Math.max(shownAt, ...firstSecond) / 1000 }
}
