import { type LogLine, readJobLogs } from '@sre-toolbox/contract/jobs'
import { type Command, Option } from 'commander'
import { apiCommand, parseInteger, parseJobId } from '../api-options.ts'
import type { Client } from '../client.ts'
import { wrongUsage } from '../command-error.ts'
import { connect } from '../connect.ts'
import type { ApiOptions, Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { createView } from '../view.ts'
import {
  createDisplay,
  createJsonDisplay,
  type Display,
  levels,
  renderEnd,
  renderLogLine,
} from './display.ts'
import { watchJob } from './watch.ts'

interface Options extends ApiOptions {
  readonly follow?: boolean
  readonly after?: number
  readonly before?: number
  readonly limit?: number
  readonly search?: string
  readonly level?: (typeof levels)[number]
}

export function createLogsCommand(context: Context): Command {
  return apiCommand('logs', "Print a job's log, all of it or a window.")
    .argument('<job-id>', 'the job', parseJobId)
    .option('-f, --follow', 'go on with new lines until the job ends; exit code 0 only if it succeeded')
    .option('--after <line>', 'only the lines after this number', parseInteger)
    .option('--before <line>', 'only the lines before this number, the last 500 of them', parseInteger)
    .option('--limit <n>', 'at most so many lines', parseInteger)
    .option('--search <text>', 'only lines with this text, any case')
    .addOption(new Option('--level <level>', 'only this level and above').choices(levels))
    .action(async (jobId: string, options: Options) => {
      if (options.follow && (options.before !== undefined || options.limit !== undefined)) {
        throw wrongUsage('--follow goes on to the end: leave out --before and --limit.')
      }
      const client = await connect(context, options)
      if (options.follow) await follow(context, client, jobId, options)
      else await printLog(context, client, jobId, options)
    })
}

async function printLog(context: Context, client: Client, jobId: string, options: Options): Promise<void> {
  const view = createView(context, options)
  const print = (lines: readonly LogLine[]) => {
    for (const line of lines) {
      context.stdout.write(`${options.json ? JSON.stringify(line) : renderLogLine(line, view, options)}\n`)
    }
  }
  const backwards = options.before !== undefined && options.after === undefined
  const window = {
    jobId,
    ...(options.search === undefined ? {} : { q: options.search }),
    ...(options.level === undefined ? {} : { level: options.level }),
  }
  let { after, before } = options
  let left = options.limit ?? (backwards ? 500 : Number.POSITIVE_INFINITY)
  /** Read from the end, so the last page is the first to print. */
  const pages: (readonly LogLine[])[] = []
  do {
    const page = await client.call(readJobLogs, {
      ...window,
      limit: Math.min(left, 5000),
      ...(after === undefined ? {} : { after }),
      ...(before === undefined ? {} : { before }),
    })
    left -= page.items.length
    if (backwards) pages.unshift(page.items)
    else print(page.items)
    // A page may be empty and not the last: the server looks at a stretch of the log at a time.
    if (page.nextCursor === null) break
    if (backwards) before = Number(page.nextCursor)
    else after = Number(page.nextCursor)
  } while (left > 0)
  pages.forEach(print)
}

async function follow(context: Context, client: Client, jobId: string, options: Options): Promise<void> {
  const inner = options.json ? createJsonDisplay(context) : createDisplay(context, options)
  const display: Display = {
    ...inner,
    log(lines) {
      const wanted = lines.filter((line) => isWanted(line, options))
      if (wanted.length > 0) inner.log(wanted)
    },
  }
  const job = await watchJob(context, client, jobId, display, options)
  if (options.json) context.stdout.write(`${JSON.stringify({ job })}\n`)
  else context.stderr.write(`${renderEnd(job, createView(context, options, context.stderr))}\n`)
  if (job.status !== 'succeeded') context.exitWith(exitCodes.failed)
}

function isWanted(line: LogLine, { search, level }: Options): boolean {
  if (level !== undefined && levels.indexOf(line.level) < levels.indexOf(level)) return false
  return search === undefined || line.text.toLowerCase().includes(search.toLowerCase())
}
