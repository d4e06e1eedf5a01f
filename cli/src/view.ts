import { styleText } from 'node:util'
import type { ApiOptions, Context } from './context.ts'
import { formatInstant } from './time.ts'

/** How things are shown to people on this terminal (or in a pipe: no colour, no limit on width). */
export interface View {
  /** Null where nothing limits the width. */
  readonly columns: number | null
  readonly now: number
  style(format: Parameters<typeof styleText>[0], text: string): string
  /** A time of the API, relative or exact. */
  time(instant: string): string
}

export function createView(context: Context, options: ApiOptions, stream = context.stdout): View {
  const now = context.now()
  return {
    columns: stream.isTTY ? stream.columns : null,
    now,
    style: (format, text) => styleText(format, text, { stream }),
    time: (instant) => formatInstant(instant, now, options.utc ?? false),
  }
}

/** Writes an answer: as it came with --json, otherwise as people read it. */
export function show(
  context: Context,
  options: ApiOptions,
  answer: unknown,
  render: (view: View) => string,
): void {
  const text = options.json ? JSON.stringify(answer, null, 2) : render(createView(context, options))
  context.stdout.write(`${text}\n`)
}
