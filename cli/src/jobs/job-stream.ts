import { setTimeout as sleep } from 'node:timers/promises'
import { followJob, type JobStreamEvents } from '@sre-toolbox/contract/streams'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import type { Client } from '../client.ts'
import { CommandError, unavailable } from '../command-error.ts'
import { exitCodes } from '../exit-codes.ts'

export type JobEvent = {
  [Event in keyof JobStreamEvents]: { readonly event: Event; readonly data: JobStreamEvents[Event] }
}[keyof JobStreamEvents]

export interface StreamOptions {
  /** Log lines after this one. */
  readonly after: number
  readonly signal: AbortSignal
  /** Told when the connection is lost, and when it is back. */
  readonly notice: (text: string) => void
  readonly now: () => number
}

/** No word for so long, not even a heartbeat, means that the other side is gone. */
const silenceMs = 60_000
/** A server that restarts is back well before. */
const patienceMs = 5 * 60_000
const shortestPauseMs = 250
const longestPauseMs = 5_000

/**
 * A job's events up to and with its `end`. A connection that breaks is taken up again after the last event that
 * arrived. Throws CommandError when the server refuses, or stays away for five minutes.
 */
export async function* readJobStream(
  client: Client,
  jobId: string,
  options: StreamOptions,
): AsyncGenerator<JobEvent> {
  const { signal, notice, now } = options
  const place: Place = { after: options.after, lastEventId: null }
  let lostAt: number | null = null
  let pauseMs = shortestPauseMs
  while (!signal.aborted) {
    try {
      for await (const event of readConnection(client, jobId, place, signal)) {
        if (lostAt !== null) notice('Connected again.')
        lostAt = null
        pauseMs = shortestPauseMs
        yield event
        if (event.event === 'end') return
      }
    } catch (error) {
      if (signal.aborted) return
      if (isRefusal(error)) throw error
      if (lostAt === null) notice(`The connection to ${client.url} is lost; trying to take it up again.`)
      lostAt ??= now()
      if (now() - lostAt > patienceMs) throw givenUp(client.url, jobId, error)
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => {})
    pauseMs = Math.min(longestPauseMs, pauseMs * 2)
  }
}

/** Where to go on; moves with every event. */
interface Place {
  readonly after: number
  lastEventId: string | null
}

async function* readConnection(
  client: Client,
  jobId: string,
  place: Place,
  signal: AbortSignal,
): AsyncGenerator<JobEvent> {
  const silence = new AbortController()
  const watchdog = setTimeout(() => silence.abort(new Error('the stream fell silent')), silenceMs)
  try {
    const response = await client.stream(followJob, { jobId, after: place.after }, place.lastEventId, {
      signal: AbortSignal.any([signal, silence.signal]),
    })
    const arrived: EventSourceMessage[] = []
    const parser = createParser({ onEvent: (message) => arrived.push(message) })
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      watchdog.refresh()
      parser.feed(decoder.decode(chunk, { stream: true }))
      for (const { id, event, data } of arrived.splice(0)) {
        yield { event, data: JSON.parse(data) } as JobEvent
        // Only what was taken counts as arrived.
        if (id !== undefined) place.lastEventId = id
      }
    }
  } finally {
    clearTimeout(watchdog)
    silence.abort()
  }
}

/** The server answered, and asking again would not change its mind. */
function isRefusal(error: unknown): boolean {
  const passing: readonly number[] = [exitCodes.unavailable, exitCodes.internal]
  return error instanceof CommandError && !passing.includes(error.exitCode)
}

function givenUp(url: string, jobId: string, cause: unknown): CommandError {
  return unavailable(
    `${url} has been away for five minutes. The job is safe there; follow it again with \`toolbox jobs logs ${jobId} --follow\`.`,
    cause,
  )
}
