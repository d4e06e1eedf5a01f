import { Select } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import type { CodexTaskSummary } from '@sre-toolbox/contract/codex/library'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { Link, useSearchParams } from 'react-router'
import { PageHeader } from '../../../components/PageHeader.tsx'
import { SearchText } from '../../../components/SearchText.tsx'
import { Mark } from '../../../components/StatusMark.tsx'
import { Empty, Failure, Loading } from '../../../components/states.tsx'
import { useApp } from '../../../lib/app-context.ts'
import { personasQuery } from '../../../lib/queries.ts'
import { tasksQuery } from '../library-queries.ts'
import { isOfRepository, Origin } from '../Origin.tsx'
import { workspaceNamesQuery } from '../prompts/prompt-queries.ts'
import { RouteLinks } from '../RouteLinks.tsx'
import { WorkspaceSelect } from '../WorkspaceSelect.tsx'
import { byGroup, fitsWords } from './task-groups.ts'
import '../library.css'

export function TasksPage() {
  const { api } = useApp()
  const [search, setSearch] = useSearchParams()
  const searchRef = useRef<HTMLInputElement>(null)
  useHotkeys([['/', () => searchRef.current?.focus()]])
  const { data: registered } = useQuery(workspaceNamesQuery(api))
  const workspace = search.get('workspace') ?? undefined
  const { data, error, refetch } = useQuery(tasksQuery(api, workspace))
  const { data: personas } = useQuery(personasQuery(api, workspace))
  const q = search.get('q') ?? ''
  const persona = search.get('persona') ?? ''
  function narrow(name: string, value: string) {
    const next = new URLSearchParams(search)
    if (value === '') next.delete(name)
    else next.set(name, value)
    setSearch(next, { replace: true })
  }
  const nameOf = (slug: string) => personas?.items.find((each) => each.slug === slug)?.name ?? slug
  const found = data?.items.filter(
    (task) => fitsWords(task, q) && (persona === '' || task.persona === persona),
  )
  return (
    <>
      <PageHeader
        title="Task library"
        note="What is done the same way every time: by a person step by step, or as a job that keeps its evidence"
        crumbs={[{ title: 'Codex', to: '/codex' }]}
      />
      <search className="filter-bar">
        <SearchText
          label="Words in title, persona or route"
          placeholder="Title, persona, route…"
          value={q}
          onChange={(text) => narrow('q', text.trim())}
          inputRef={searchRef}
        />
        <Select
          aria-label="Persona"
          placeholder="Any persona"
          clearable
          w={210}
          data={personas?.items.map(({ slug, name }) => ({ value: slug, label: name })) ?? []}
          value={persona || null}
          onChange={(slug) => narrow('persona', slug ?? '')}
        />
        <WorkspaceSelect
          workspaces={registered?.items ?? []}
          value={workspace ?? null}
          onChange={(id) => narrow('workspace', id ?? '')}
        />
      </search>
      {error && !found ? (
        <Failure error={error} what="The tasks can't be listed" retry={() => void refetch()} />
      ) : !found ? (
        <Loading what="tasks" lines={10} />
      ) : found.length === 0 ? (
        <div className="card">
          <Empty title="No task fits">Take a word or the persona away to see more.</Empty>
        </div>
      ) : (
        <div className="stack">
          {byGroup(found).map(({ title, tasks }) => (
            <section key={title} className="card" aria-label={title}>
              <header className="list-header">
                <h2>{title}</h2>
              </header>
              <ul className="list-rows">
                {tasks.map((task) => (
                  <TaskRow key={task.slug} task={task} persona={nameOf(task.persona)} />
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </>
  )
}

function TaskRow({ task, persona }: { task: CodexTaskSummary; persona: string }) {
  const { slug, title, routes, runnable, missingOperations, origin } = task
  const ofRepository = isOfRepository(origin)
  return (
    <li className="task-row">
      <div className="task-row-name">
        <h3>
          <Link
            to={ofRepository ? `/codex/tasks/${slug}?workspace=${origin.workspace}` : `/codex/tasks/${slug}`}
            className="strong-link"
          >
            {title}
          </Link>
        </h3>
        <p className="small soft">
          <Link to={`/codex/personas#${task.persona}`}>{persona}</Link> · <code>{slug}</code>
        </p>
        {origin && <Origin origin={origin} />}
      </div>
      <RouteLinks routes={routes} />
      <div>
        {ofRepository ? (
          <Mark tone="mute" shape="dots" word="Runs at a terminal" />
        ) : runnable ? (
          <Mark tone="good" shape="check" word="Runs here" />
        ) : (
          <>
            <Mark tone="mute" shape="slash" word="Can't run here" />
            <p className="small soft">
              lacks <code>{missingOperations.join(', ')}</code>
            </p>
          </>
        )}
      </div>
    </li>
  )
}
