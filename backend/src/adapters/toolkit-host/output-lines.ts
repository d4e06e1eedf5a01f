import type { Readable } from 'node:stream'

export interface OutputLinesOptions {
  readonly onLine: (text: string) => void
  /** Further lines of the same second are dropped and counted. */
  readonly maxLinesPerSecond: number
  readonly longestLine: number
}

/** Reads what a process prints, line by line, without ever making it wait and without ever holding much of it. */
export function readOutputLines(stream: Readable, options: OutputLinesOptions) {
  let partial = ''
  let inWindow = 0
  let dropped = 0
  let window: NodeJS.Timeout | null = null

  function take(line: string) {
    if (line.trim() === '') return
    window ??= setTimeout(endWindow, 1000).unref()
    if (++inWindow > options.maxLinesPerSecond) dropped++
    else options.onLine(line.slice(0, options.longestLine))
  }

  function endWindow() {
    if (dropped > 0) options.onLine(`${dropped} more lines were printed in this second and left out.`)
    window = null
    inWindow = 0
    dropped = 0
  }

  stream.setEncoding('utf8')
  stream.on('data', (text: string) => {
    const lines = (partial + text).split('\n')
    partial = (lines.pop() ?? '').slice(0, options.longestLine)
    for (const line of lines) take(line)
  })
  stream.on('close', () => {
    take(partial)
    if (window) clearTimeout(window)
    endWindow()
  })
  stream.on('error', () => {})
}
