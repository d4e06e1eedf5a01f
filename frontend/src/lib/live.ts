import type { ChangeStreamEvents } from '@sre-toolbox/contract/streams'

export type LiveState = 'connecting' | 'live' | 'lost'
export type Change =
  | { readonly kind: 'job'; readonly job: ChangeStreamEvents['job'] }
  | { readonly kind: 'toolkit'; readonly slug: string }
  | { readonly kind: 'codex'; readonly workspaceId: string }
  | { readonly kind: 'schedule'; readonly scheduleId: string }
  /** Changes were missed: read again all that is shown. */
  | { readonly kind: 'reset' }

/** The stream of all changes, kept open while the page is seen. */
export interface Live {
  state(): LiveState
  onState(listener: () => void): () => void
  onChange(listener: (change: Change) => void): () => void
  /** Returns what stops it. */
  start(): () => void
}

const longestPauseMs = 15_000

/** `onRefused` is called when the server does not let us listen, as when the session has expired. */
export function createLive(open: () => EventSource, onRefused: () => void): Live {
  const stateListeners = new Set<() => void>()
  const changeListeners = new Set<(change: Change) => void>()
  let state: LiveState = 'connecting'
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let pauseMs = 1000
  /** What was read before the first connection may be old already. */
  let missed = true

  function setState(next: LiveState) {
    state = next
    for (const listener of stateListeners) listener()
  }
  function tell(change: Change) {
    for (const listener of changeListeners) listener(change)
  }

  function connect() {
    const opened = open()
    source = opened
    opened.onopen = () => {
      pauseMs = 1000
      setState('live')
      if (missed) tell({ kind: 'reset' })
      missed = false
    }
    // The browser tries again by itself and resumes after the last event, unless the server refused.
    opened.onerror = () => {
      setState('lost')
      if (opened.readyState !== EventSource.CLOSED) return
      missed = true
      onRefused()
      timer = setTimeout(connect, pauseMs)
      pauseMs = Math.min(pauseMs * 2, longestPauseMs)
    }
    opened.addEventListener('job', ({ data }) => tell({ kind: 'job', job: JSON.parse(data) }))
    opened.addEventListener('toolkit', ({ data }) => tell({ kind: 'toolkit', slug: JSON.parse(data).slug }))
    opened.addEventListener('codex', ({ data }) =>
      tell({ kind: 'codex', workspaceId: JSON.parse(data).workspaceId }),
    )
    opened.addEventListener('schedule', ({ data }) =>
      tell({ kind: 'schedule', scheduleId: JSON.parse(data).scheduleId }),
    )
    opened.addEventListener('reset', () => tell({ kind: 'reset' }))
  }
  function disconnect() {
    clearTimeout(timer)
    source?.close()
    source = null
    missed = true
  }
  // A browser opens few connections to one server: a tab nobody sees holds none.
  function onVisibility() {
    if (document.hidden) disconnect()
    else if (!source) connect()
  }

  return {
    state: () => state,
    onState(listener) {
      stateListeners.add(listener)
      return () => stateListeners.delete(listener)
    },
    onChange(listener) {
      changeListeners.add(listener)
      return () => changeListeners.delete(listener)
    },
    start() {
      if (!document.hidden) connect()
      document.addEventListener('visibilitychange', onVisibility)
      return () => {
        document.removeEventListener('visibilitychange', onVisibility)
        disconnect()
        setState('connecting')
      }
    },
  }
}
