import { Button } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import type { JournalEntry } from '@sre-toolbox/contract/codex/memory'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Link, useLocation, useParams, useSearchParams } from 'react-router'
import { FilterChip } from '../../components/FilterChip.tsx'
import { MarkdownText } from '../../components/markdown/MarkdownText.tsx'
import { SearchText } from '../../components/SearchText.tsx'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { useApp } from '../../lib/app-context.ts'
import { plural } from '../../lib/format.ts'
import { journalQuery } from './codex-queries.ts'
import { entryBody, entryId, subjectOf, wantedEntry } from './journal-entry.ts'
import './journal.css'

export function JournalPage() {
  const { workspaceId = '' } = useParams()
  const { api } = useApp()
  const [search, setSearch] = useSearchParams()
  const searchRef = useRef<HTMLInputElement>(null)
  useHotkeys([['/', () => searchRef.current?.focus()]])
  const read = (name: string) => search.get(name)?.trim() ?? ''
  const filter = {
    ...(read('q') && { q: read('q') }),
    ...(read('task') && { task: read('task') }),
  }
  const list = useInfiniteQuery(journalQuery(api, workspaceId, filter))
  const entries = list.data?.pages.flatMap(({ items }) => items) ?? []
  const wanted = useWantedEntry(entries, list)

  function narrow(name: string, value: string) {
    const next = new URLSearchParams(search)
    if (value === '') next.delete(name)
    else next.set(name, value)
    setSearch(next, { replace: true })
  }
  return (
    <div className="journal">
      <search className="filter-bar">
        <SearchText
          label="Text in the journal"
          placeholder="Text in the journal…"
          value={read('q')}
          onChange={(q) => narrow('q', q)}
          inputRef={searchRef}
        />
        {filter.task && <FilterChip name="Task" value={filter.task} onClear={() => narrow('task', '')} />}
        {list.data && (
          <span className="soft number" role="status">
            {plural(list.data.pages[0]?.total ?? 0, 'entry', 'entries')}
          </span>
        )}
      </search>
      {list.error && !list.data ? (
        <Failure error={list.error} what="The journal can't be read" retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading what="the journal" lines={10} />
      ) : entries.length === 0 ? (
        <div className="card">
          {Object.keys(filter).length > 0 ? (
            <Empty title="No entry fits">Search for less, or take the task away.</Empty>
          ) : (
            <Empty title="The journal is empty">
              Claim a task and write down what you see: every note, hand-over and lesson lands here.
            </Empty>
          )}
        </div>
      ) : (
        <Timeline entries={entries} wanted={wanted} />
      )}
      {list.hasNextPage && (
        <Button
          variant="default"
          className="journal-more"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          Show older entries
        </Button>
      )}
    </div>
  )
}

/** The entry that the address names; older ones are read until it is there, and it comes into view once. */
function useWantedEntry(
  entries: readonly JournalEntry[],
  list: { hasNextPage: boolean; isFetching: boolean; fetchNextPage: () => unknown },
): string {
  const wanted = wantedEntry(useLocation().hash)
  const there = entries.some((entry) => entryId(entry) === wanted)
  const { hasNextPage, isFetching, fetchNextPage } = list
  useEffect(() => {
    if (wanted && !there && hasNextPage && !isFetching) void fetchNextPage()
  }, [wanted, there, hasNextPage, isFetching, fetchNextPage])
  useEffect(() => {
    if (there) document.getElementById(wanted)?.scrollIntoView({ block: 'start' })
  }, [there, wanted])
  return wanted
}

function Timeline({ entries, wanted }: { entries: readonly JournalEntry[]; wanted: string }) {
  const days = [...new Set(entries.map(({ date }) => date))]
  return (
    <ol className="journal-days">
      {days.map((day) => (
        <li key={day} className="journal-day">
          <h2 className="number">
            <time dateTime={day}>{day}</time>
          </h2>
          <ol className="stack">
            {entries
              .filter(({ date }) => date === day)
              .map((entry) => (
                <Entry key={entry.line} entry={entry} wanted={entryId(entry) === wanted} />
              ))}
          </ol>
        </li>
      ))}
    </ol>
  )
}

function Entry({ entry, wanted }: { entry: JournalEntry; wanted: boolean }) {
  const { workspaceId = '' } = useParams()
  const { search } = useLocation()
  const id = entryId(entry)
  const subject = subjectOf(entry, `/codex/workspaces/${workspaceId}`)
  return (
    <li id={id} className="card pad journal-entry" data-wanted={wanted}>
      <h3>
        {entry.title}
        <Link
          to={{ search, hash: id }}
          replace
          className="journal-anchor"
          aria-label={`Link to ${entry.title}`}
        >
          #
        </Link>
      </h3>
      {subject && (
        <p className="row wrap small">
          <Link to={subject} className="mono">
            {entry.task}
          </Link>
          <Link to={`?task=${encodeURIComponent(entry.task ?? '')}`} className="soft">
            only this
          </Link>
        </p>
      )}
      <MarkdownText text={entryBody(entry)} />
    </li>
  )
}
