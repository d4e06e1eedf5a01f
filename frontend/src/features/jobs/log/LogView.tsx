import { notifications } from '@mantine/notifications'
import { type Job, type LogLine, readJobLogs } from '@sre-toolbox/contract/jobs'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { Empty, Failure } from '../../../components/states.tsx'
import type { Api } from '../../../lib/api.ts'
import { useApp } from '../../../lib/app-context.ts'
import { count as formatCount } from '../../../lib/format.ts'
import { isActive } from '../../../lib/job-status.ts'
import { downloadLog } from './download-log.ts'
import { LogLines, type LogScroller } from './LogLines.tsx'
import { type LogLook, LogToolbar } from './LogToolbar.tsx'
import type { LogWindow } from './log-window.ts'
import './log-view.css'

/** A job's log: all of it, or what a search or a level lets through. */
export function LogView({ job, log }: { job: Job; log: LogWindow }) {
  const { api } = useApp()
  const { hash } = useLocation()
  const navigate = useNavigate()
  const active = isActive(job.status)
  const picked = /^#L(\d+)$/.exec(hash)?.[1]
  const pickedLine = picked === undefined ? null : Number(picked)
  const [look, setLook] = useState<LogLook>({
    text: '',
    level: 'debug',
    follow: active && pickedLine === null,
    wrap: false,
  })
  const [downloading, setDownloading] = useState<string | null>(null)
  const narrowed = look.text !== '' || look.level !== 'debug'

  function pick(line: LogLine) {
    void navigate({ search: '?tab=logs', hash: `#L${line.seq}` }, { replace: true, preventScrollReset: true })
    void copyLink(line.seq)
    setLook({ ...look, text: '', level: 'debug', follow: false })
  }
  async function firstError() {
    const { items } = await api.call(readJobLogs, { jobId: job.id, level: 'error', limit: 1 })
    const [line] = items
    if (line) pick(line)
    else notifications.show({ title: 'No error', message: 'No line of this log is an error so far.' })
  }
  async function download() {
    try {
      await downloadLog(api, job.id, (lines) => setDownloading(`${formatCount(lines)} lines…`))
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      notifications.show({ title: 'The log was not downloaded', message, color: 'red' })
    }
    setDownloading(null)
  }
  return (
    <div className="log-view card">
      <LogToolbar
        look={look}
        onLook={setLook}
        canFollow={active && !narrowed}
        onFirstError={() => void firstError()}
        onDownload={() => void download()}
        downloading={downloading}
      />
      {narrowed ? (
        <FoundLines api={api} jobId={job.id} look={look} active={active} onPick={pick} />
      ) : (
        <AllLines log={log} look={look} picked={pickedLine} active={active} onLook={setLook} onPick={pick} />
      )}
    </div>
  )
}

async function copyLink(seq: number) {
  try {
    await navigator.clipboard.writeText(`${location.origin}${location.pathname}?tab=logs#L${seq}`)
    notifications.show({ title: `Link to line ${seq} copied`, message: '' })
  } catch {
    // Without the right to the clipboard, the link is in the address bar.
  }
}

function AllLines(props: {
  log: LogWindow
  look: LogLook
  picked: number | null
  active: boolean
  onLook: (look: LogLook) => void
  onPick: (line: LogLine) => void
}) {
  const { log, look, picked, active, onLook, onPick } = props
  useSyncExternalStore(log.subscribe, log.version)
  const count = log.count()
  const lines = useRef<LogScroller>(null)
  useEffect(() => {
    if (look.follow && count > 0) lines.current?.toIndex(count - 1, 'end')
  }, [look.follow, count])
  useEffect(() => {
    if (picked !== null) lines.current?.toIndex(picked - 1, 'center')
  }, [picked])
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
        onScroll={(atEnd) => active && atEnd !== look.follow && onLook({ ...look, follow: atEnd })}
        onPick={onPick}
        wrap={look.wrap}
        picked={picked}
        found=""
      />
      <footer className="log-footer small soft number">
        {formatCount(count)} lines{active && ', growing'}
      </footer>
    </>
  )
}

const foundPage = 500

function FoundLines(props: {
  api: Api
  jobId: string
  look: LogLook
  active: boolean
  onPick: (line: LogLine) => void
}) {
  const { api, jobId, look, active, onPick } = props
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useInfiniteQuery({
      queryKey: ['job', jobId, 'found', look.text, look.level],
      queryFn: ({ pageParam, signal }) =>
        api.call(
          readJobLogs,
          {
            jobId,
            after: pageParam,
            limit: foundPage,
            level: look.level,
            ...(look.text && { q: look.text }),
          },
          { signal },
        ),
      initialPageParam: 0,
      getNextPageParam: ({ nextCursor }) => (nextCursor === null ? undefined : Number(nextCursor)),
      refetchInterval: active ? 3000 : false,
    })
  const lines = data?.pages.flatMap(({ items }) => items) ?? []
  const total = lines.length
  const onSight = useCallback(
    (_first: number, last: number) => {
      if (last > total - 100 && hasNextPage && !isFetchingNextPage) void fetchNextPage()
    },
    [total, hasNextPage, isFetchingNextPage, fetchNextPage],
  )
  if (error) return <Failure error={error} what="The log can't be searched" retry={() => void refetch()} />
  if (isPending) return <Empty title="Searching…" />
  if (total === 0) return <Empty title="No line fits">Try fewer words, or more levels.</Empty>
  return (
    <>
      <LogLines
        count={total}
        line={(index) => lines[index]}
        onSight={onSight}
        onScroll={() => {}}
        onPick={onPick}
        wrap={look.wrap}
        picked={null}
        found={look.text.toLowerCase()}
        ref={null}
      />
      <footer className="log-footer small soft number">
        {formatCount(total)}
        {hasNextPage && '+'} lines fit. A line's number shows it among the others.
      </footer>
    </>
  )
}
