import { Tooltip } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { useApp } from '../lib/app-context.ts'

const looks = {
  live: { word: 'Live', says: 'Changes appear as they happen.' },
  connecting: { word: 'Connecting', says: 'Opening the stream of changes.' },
  lost: {
    word: 'Offline',
    says: 'The server does not answer. What you see may be old; trying again by itself.',
  },
} as const

/** Whether what is shown follows the server. */
export function LiveLight() {
  const { live } = useApp()
  const state = useSyncExternalStore(live.onState, live.state)
  const { word, says } = looks[state]
  return (
    <Tooltip label={says}>
      <span className="live-light" data-state={state} role="status">
        <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
          {state === 'lost' ? (
            <path d="M2 2l6 6M8 2l-6 6" />
          ) : (
            <circle cx="5" cy="5" r={state === 'live' ? 4 : 3} />
          )}
        </svg>
        {word}
        <span className="hidden-text">: {says}</span>
      </span>
    </Tooltip>
  )
}
