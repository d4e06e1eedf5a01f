import { useEffect, useRef, useSyncExternalStore } from 'react'
import { useRouteError } from 'react-router'
import { Failure } from '../components/states.tsx'
import { ApiError } from '../lib/api.ts'
import { useApp } from '../lib/app-context.ts'

/** How browsers say that the code of a page did not arrive. */
const notArrived = /dynamically imported module|importing a module script|preload css/i

/** A page that threw, or whose code did not arrive; the rest of the shell goes on. */
export function Broken() {
  const thrown = useRouteError()
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  if (notArrived.test(error.message)) return <NotArrived />
  return <Failure wholePage error={error} what="This page broke" retry={() => location.reload()} />
}

const newer = new ApiError(
  0,
  'page_not_loaded',
  'A part of it did not arrive. If the server was upgraded, loading the page again brings the new one.',
)
const away = new ApiError(
  0,
  'unreachable',
  'The server does not answer. This page opens by itself as soon as it does.',
)

/**
 * An upgraded server has other files than those this app asks for; the app loaded again asks for the right ones. To do so
 * while the server is away would lose the app, too: that waits until it is back.
 */
function NotArrived() {
  const { live } = useApp()
  const state = useSyncExternalStore(live.onState, live.state)
  const wasLost = useRef(false)
  useEffect(() => {
    if (state === 'live' && (wasLost.current || isFirstTime())) location.reload()
    if (state === 'lost') wasLost.current = true
  }, [state])
  const what = "This page can't be shown"
  return state === 'lost' ? (
    <Failure wholePage error={away} what={what} />
  ) : (
    <Failure wholePage error={newer} what={what} retry={() => location.reload()} />
  )
}

const onceAMinuteMs = 60_000

/** Loading again must not go on for ever when it does not help. */
function isFirstTime(): boolean {
  const key = 'loaded-again-at'
  const before = Number(sessionStorage.getItem(key) ?? 0)
  if (Date.now() - before < onceAMinuteMs) return false
  sessionStorage.setItem(key, String(Date.now()))
  return true
}
