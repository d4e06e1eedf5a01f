import { notifications } from '@mantine/notifications'
import type { Job, LogLine } from '@sre-toolbox/contract/jobs'
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { Empty, Failure } from '../../../components/states.tsx'
import { useApp } from '../../../lib/app-context.ts'
import { count as formatCount } from '../../../lib/format.ts'
import { isActive } from '../../../lib/job-status.ts'
import { downloadLog } from './download-log.ts'
import { FoundBar } from './FoundBar.tsx'
import { findFirstError } from './find-first-error.ts'
import { LogLines, type LogScroller } from './LogLines.tsx'
import { type LogLook, LogToolbar } from './LogToolbar.tsx'
import type { LogSearch } from './log-search.ts'
import type { LogWindow } from './log-window.ts'
import { useLogSearch } from './use-log-search.ts'
import './log-view.css'

/** A job's log: all of it, or what a search or a level lets through. */
export function LogView({ job, log }: { job: Job; log: LogWindow }) {
  const { api } = useApp()
  const { hash } = useLocation()
  const navigate = useNavigate()
  const active = isActive(job.status)
  const linked = /^#L(\d+)$/.exec(hash)?.[1]
  const linkedLine = linked === undefined ? null : Number(linked)
  const [look, setLook] = useState<LogLook>({
    text: '',
    level: 'debug',
    follow: active && linkedLine === null,
    wrap: false,
  })
  const [at, setAt] = useState<number | null>(null)
  const [context, setContext] = useState(false)
  const [busy, setBusy] = useState<string | null>(null)
  const search = useLogSearch(job.id, log, look)
  useSyncExternalStore(log.subscribe, log.version)
  const match = at === null ? undefined : search?.found()[at]
  const picked = match?.seq ?? linkedLine

  function change(next: LogLook) {
    if (next.text !== look.text || next.level !== look.level) {
      setAt(null)
      if (next.text === '' && next.level === 'debug') setContext(false)
    }
    setLook(next)
  }
  function step(by: 1 | -1) {
    const found = search?.found().length ?? 0
    if (found === 0) return
    setAt(at === null ? (by === 1 ? 0 : found - 1) : (at + by + found) % found)
    setLook({ ...look, follow: false })
  }
  const show = useCallback(
    (line: LogLine) => {
      void navigate(
        { search: '?tab=logs', hash: `#L${line.seq}` },
        { replace: true, preventScrollReset: true },
      )
      setAt(null)
      setContext(true)
      setLook((before) => ({ ...before, follow: false }))
    },
    [navigate],
  )
  const pick = useCallback(
    (line: LogLine) => {
      show(line)
      void copyLink(line.seq)
    },
    [show],
  )
  async function busyWith(what: string, work: () => Promise<void>) {
    try {
      await work()
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      notifications.show({ title: what, message, color: 'red' })
    }
    setBusy(null)
  }
  const firstError = () =>
    busyWith('The log was not searched', async () => {
      const line = await findFirstError(api, job.id, (to) => setBusy(`searched ${formatCount(to)} lines…`))
      if (line) show(line)
      else notifications.show({ title: 'No error', message: 'No line of this log is an error so far.' })
    })
  const download = () =>
    busyWith('The log was not downloaded', () =>
      downloadLog(api, job.id, (lines) => setBusy(`${formatCount(lines)} lines…`)),
    )
  const shared = { look, picked, active, onLook: setLook, onPick: pick }
  return (
    <div className="log-view card">
      <LogToolbar
        look={look}
        onLook={change}
        onStep={step}
        canFollow={active}
        onFirstError={() => void firstError()}
        onDownload={() => void download()}
        busy={busy}
      />
      {search && (
        <FoundBar
          search={search}
          lines={log.count()}
          at={at}
          onStep={step}
          context={context}
          onContext={(next) => {
            setContext(next)
            if (next && at === null) setAt(0)
          }}
        />
      )}
      {search && !context ? (
        <FoundLines {...shared} search={search} at={at} />
      ) : (
        <AllLines {...shared} log={log} />
      )}
    </div>
  )
}

async function copyLink(seq: number) {
  try {
    await navigator.clipboard.writeText(`${location.origin}${location.pathname}?tab=logs#L${seq}`)
    notifications.show({ title: `Link to line ${seq} copied`, message: '' })
  } catch {
    const message = `The browser does not let pages copy. This page's address with #L${seq} at its end leads to the line.`
    notifications.show({ title: 'The link was not copied', message })
  }
}

interface Shared {
  look: LogLook
  picked: number | null
  active: boolean
  onLook: (look: LogLook) => void
  onPick: (line: LogLine) => void
}

/** Stays at the end while it grows, and lets go when the person scrolls up. */
function useFollow({ look, active, onLook }: Shared, count: number) {
  const lines = useRef<LogScroller>(null)
  useEffect(() => {
    if (look.follow && count > 0) lines.current?.toEnd()
  }, [look.follow, count])
  const onScroll = (atEnd: boolean) => {
    if (active && atEnd !== look.follow) onLook({ ...look, follow: atEnd })
  }
  return { lines, onScroll }
}

function AllLines(props: Shared & { log: LogWindow }) {
  const { log, look, picked, active, onPick } = props
  const count = log.count()
  const { lines, onScroll } = useFollow(props, count)
  useEffect(() => {
    if (picked !== null) lines.current?.toIndex(picked - 1)
  }, [picked, lines])
  const fault = log.fault()
  if (fault) return <Failure error={fault} what="The log can't be read" retry={log.retry} />
  if (count === 0) {
    return (
      <Empty title={active ? 'No line so far' : 'It logged nothing'}>
        {active && 'Lines show up here as they are written.'}
      </Empty>
    )
  }
  return (
    <>
      <LogLines
        ref={lines}
        count={count}
        line={log.line}
        onSight={log.need}
        onScroll={onScroll}
        onPick={onPick}
        wrap={look.wrap}
        picked={picked}
        found={look.text.toLowerCase()}
      />
      <footer className="log-footer small soft number">
        {formatCount(count)} lines{active && ', growing'}
        {picked !== null && picked <= count && (
          <button type="button" className="link" onClick={() => void copyLink(picked)}>
            Copy the link to line {formatCount(picked)}
          </button>
        )}
      </footer>
    </>
  )
}

function FoundLines(props: Shared & { search: LogSearch; at: number | null }) {
  const { search, look, picked, at, onPick } = props
  const found = search.found()
  const { lines, onScroll } = useFollow(props, found.length)
  useEffect(() => {
    if (at !== null) lines.current?.toIndex(at)
  }, [at, lines])
  const fault = search.fault()
  if (fault) return <Failure error={fault} what="The log can't be searched" retry={search.retry} />
  if (found.length === 0 && !search.isThrough()) return <Empty title="Searching…" />
  if (found.length === 0) return <Empty title="No line fits">Try fewer words, or more levels.</Empty>
  return (
    <>
      <LogLines
        ref={lines}
        count={found.length}
        line={(index) => found[index]}
        onSight={nothing}
        onScroll={onScroll}
        onPick={onPick}
        wrap={look.wrap}
        picked={picked}
        found={look.text.toLowerCase()}
      />
      <footer className="log-footer small soft">A line's number shows it among the others.</footer>
    </>
  )
}

const nothing = () => {}
