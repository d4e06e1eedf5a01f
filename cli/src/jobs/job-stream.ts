import { setTimeout as sleep } from 'node:timers/promises'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import type { Client } from '../client.ts'
import { CommandError, unavailable } from '../command-error.ts'
import { exitCodes } from '../exit-codes.ts'

export interface JobEvent {
  readonly event: string
  readonly data: unknown
}

export interface StreamOptions {
  readonly signal: AbortSignal
  /** Told once when the connection is lost, and once when it is back. */
  readonly notice: (text: string) => void
  readonly now: () => number
}

/** No word for so long, not even a heartbeat, means that the other side is gone. */
const silenceMs = 60_000
/** A server that restarts is back well before. */
const patienceMs = 5 * 60_000
const longestPauseMs = 5_000

/**
 * A job's events up to and with its `end`. Lost connections are taken up again after the last event that arrived;
 * throws CommandError when the server refuses, or stays away for five minutes.
 */
export async function* readJobStream(
  client: Client,
  jobId: string,
  options: StreamOptions,
): AsyncGenerator<JobEvent> {
  const position: { lastEventId: string | null } = { lastEventId: null }
  let lastHeard = options.now()
  let pauseMs = 250
  let lost = false
  while (!options.signal.aborted) {
    try {
      for await (const event of readConnection(client, jobId, position, options.signal)) {
        if (lost) options.notice('Connected again.')
        lost = false
        pauseMs = 250
        lastHeard = options.now()
        yield event
        if (event.event === 'end') return
      }
    } catch (error) {
      if (options.signal.aborted) return
      if (isRefusal(error)) throw error
      if (options.now() - lastHeard > patienceMs) {
        throw unavailable(
          `${client.url} has been away for five minutes. The job goes on; follow it again with \`toolbox jobs logs ${jobId} --follow\`.`,
          error,
        )
      }
      if (!lost) options.notice(`The connection to ${client.url} is lost; trying to take it up again.`)
      lost = true
    }
    await sleep(pauseMs, undefined, { signal: options.signal }).catch(() => {})
    pauseMs = Math.min(longestPauseMs, pauseMs * 2)
  }
}

async function* readConnection(
  client: Client,
  jobId: string,
  position: { lastEventId: string | null },
  signal: AbortSignal,
): AsyncGenerator<JobEvent> {
  const silence = new AbortController()
  const watchdog = setTimeout(() => silence.abort(new Error('the stream fell silent')), silenceMs)
  try {
    const response = await client.stream(
      `/jobs/${jobId}/events`,
      position.lastEventId,
      AbortSignal.any([signal, silence.signal]),
    )
    const arrived: EventSourceMessage[] = []
    const parser = createParser({ onEvent: (message) => arrived.push(message) })
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      watchdog.refresh()
      parser.feed(decoder.decode(chunk, { stream: true }))
      for (const { id, event, data } of arrived.splice(0)) {
        if (id !== undefined) position.lastEventId = id
        yield { event: event ?? 'message', data: JSON.parse(data) as unknown }
      }
    }
  } finally {
    clearTimeout(watchdog)
    silence.abort()
  }
}

/** The server answered, and asking again would not change its mind. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof CommandError &&
    error.exitCode !== exitCodes.unavailable &&
    error.exitCode !== exitCodes.internal
  )
}
