import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import type { CDPSession, Page } from 'playwright-core'
import type { Benchmark } from './main.ts'
import { openBrowser } from './product/browser.ts'
import { runToEnd } from './product/jobs.ts'
import { openApi, startServer } from './product/server.ts'
import { absolute, atMostAbsolute } from './result.ts'
import type { Stage } from './stage.ts'
import { median } from './statistics.ts'

const LINES = 1_000_000
const OPENINGS = 5
const SCROLL_MS = 4000
const JUMPS = 60

/** Scrolls on with every frame, and notes how long each took. */
const SCROLL = `async (ms) => {
  const log = document.querySelector('.log-lines')
  const frames = []
  let before = await new Promise(requestAnimationFrame)
  const end = before + ms
  while (before < end) {
    log.scrollTop += 60
    const now = await new Promise(requestAnimationFrame)
    frames.push(now - before)
    before = now
  }
  return frames
}`

export const longLog: Benchmark = {
  title: `A log of ${LINES.toLocaleString('en')} lines in Chromium`,
  async run(stage) {
    const { server, jobId } = await startWithLongLog(stage)
    const browser = await openBrowser(stage, server)
    const openings: number[] = []
    for (let opening = 0; opening < OPENINGS; opening++) {
      const { page, context } = await browser.open()
      openings.push(await open(page, jobId))
      await context.close()
    }

    const { page, context } = await browser.open()
    await open(page, jobId)
    const devTools = await context.newCDPSession(page)
    const atFirst = await heapMegabytes(devTools)
    const frames = (await page.evaluate<number[]>(`(${SCROLL})(${SCROLL_MS})`)).sort((a, b) => a - b)
    for (let jump = 0; jump < JUMPS; jump++) {
      await page.evaluate(`(() => {
        const log = document.querySelector('.log-lines')
        log.scrollTop = log.scrollHeight * ${(jump * 37) % JUMPS} / ${JUMPS}
      })()`)
      await sleep(60)
    }
    const afterwards = await heapMegabytes(devTools)
    await page.evaluate("document.querySelector('.log-lines').scrollTop = 1e9")
    await page.getByText(`line ${LINES} of`).waitFor()
    const at = (share: number) => frames[Math.floor(frames.length * share)] ?? 0
    return {
      rows: [
        absolute('opened → first rows', 's', median(openings) / 1000, atMostAbsolute(0.5, 's')),
        absolute('frame while scrolling, p50', 'ms', at(0.5), atMostAbsolute(17, 'ms')),
        absolute('frame while scrolling, p99', 'ms', at(0.99), atMostAbsolute(50, 'ms')),
        absolute('memory when opened', 'MB', atFirst),
        absolute(
          `memory after ${JUMPS} jumps across all of it`,
          'MB',
          afterwards,
          atMostAbsolute(Math.ceil(atFirst) + 30, 'MB'),
        ),
      ],
      notes: [
        `first rows: from the click on the tab until lines are drawn; median of ${OPENINGS}, nothing cached`,
        `scrolled by 60 pixels a frame for ${SCROLL_MS / 1000} s, then across the whole log; the last line was reached`,
        "memory: the page's JavaScript heap after a collection; the target of frames and memory is ours to define",
      ],
    }
  },
}

/** Milliseconds from the click that shows the log until its first lines are drawn. */
async function open(page: Page, jobId: string): Promise<number> {
  await page.goto(`/jobs/${jobId}`)
  const tab = page.getByRole('tab', { name: /^Logs/ })
  await tab.waitFor()
  return page.evaluate<number>(`(async () => {
    const started = performance.now()
    const tab = [...document.querySelectorAll('[role=tab]')].find(({ textContent }) => textContent.startsWith('Logs'))
    tab.click()
    while (!document.querySelector('.log-text')) await new Promise(requestAnimationFrame)
    await new Promise(requestAnimationFrame)
    return performance.now() - started
  })()`)
}

async function heapMegabytes(devTools: CDPSession): Promise<number> {
  await devTools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devTools.send('Runtime.getHeapUsage')
  return usedSize / 1024 ** 2
}

/** Writes the lines straight into the database file of a stopped server. */
async function startWithLongLog(stage: Stage) {
  const directory = stage.tempDir()
  const first = await startServer(stage, directory)
  const api = await openApi(first)
  await runToEnd(api, 'noop')
  const { items } = await api.get<{ items: { id: string }[] }>('/jobs?limit=1')
  const jobId = items[0]?.id ?? ''
  await first.service.stop()
  const database = new Database(join(directory, 'toolbox.db'), { fileMustExist: true })
  database.prepare('delete from job_logs where job_id = ?').run(jobId)
  database
    .prepare(
      `with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < $lines)
      insert into job_logs (job_id, seq, at, attempt, level, text)
      select $jobId, n, $at + n, 1, 1, 'line ' || n || ' of a log that somebody may have to read in the night' from numbers`,
    )
    .run({ jobId, lines: LINES, at: Date.now() - LINES })
  database.prepare('update jobs set log_lines = ? where id = ?').run(LINES, jobId)
  database.close()
  const server = await startServer(stage, directory)
  return { server: { port: server.port, password: first.password }, jobId }
}
