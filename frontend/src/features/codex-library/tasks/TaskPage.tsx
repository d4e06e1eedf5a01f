import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearchParams } from 'react-router'
import { PageHeader } from '../../../components/PageHeader.tsx'
import { Mark } from '../../../components/StatusMark.tsx'
import { Failure, Loading } from '../../../components/states.tsx'
import { useApp } from '../../../lib/app-context.ts'
import { personasQuery } from '../../../lib/queries.ts'
import { taskQuery } from '../library-queries.ts'
import { isOfRepository, Origin } from '../Origin.tsx'
import { RouteLinks } from '../RouteLinks.tsx'
import { RunLines } from '../runs/RunLines.tsx'
import { conditionWords } from './condition-words.ts'
import { RunAtTerminal } from './RunAtTerminal.tsx'
import { RunForm } from './RunForm.tsx'
import { TaskSteps } from './TaskSteps.tsx'
import { groupTitles } from './task-groups.ts'
import '../library.css'

export function TaskPage() {
  const { slug = '' } = useParams()
  const { api } = useApp()
  const [search] = useSearchParams()
  const workspace = search.get('workspace') ?? undefined
  const { data, error, refetch } = useQuery(taskQuery(api, slug, workspace))
  const { data: personas } = useQuery(personasQuery(api, workspace))
  if (error && !data)
    return <Failure wholePage error={error} what="This task can't be shown" retry={() => void refetch()} />
  if (!data) return <Loading what="the task" lines={10} />
  const { task } = data
  const persona = personas?.items.find((each) => each.slug === task.persona)
  return (
    <>
      <PageHeader
        title={task.title}
        crumbs={[
          { title: 'Task library', to: workspace ? `/codex/tasks?workspace=${workspace}` : '/codex/tasks' },
          {
            title: groupTitles[task.group],
            to: `/codex/tasks?q=${encodeURIComponent(groupTitles[task.group])}`,
          },
        ]}
        note={
          <span className="row wrap">
            <code>{task.slug}</code>
            {isOfRepository(task.origin) ? (
              <Mark tone="mute" shape="dots" word="Runs at a terminal" />
            ) : (
              !task.runnable && <Mark tone="mute" shape="slash" word="Can't run here" />
            )}
          </span>
        }
      />
      <div className="task-page">
        <div className="stack">
          <TaskSteps steps={task.steps} />
          <section className="card pad stack-small" aria-label="When it has succeeded">
            <h2>When it has succeeded</h2>
            <ul className="bullets">
              {task.success.map(({ text, when, holds }) => (
                <li key={text}>
                  {text}{' '}
                  <span className="small soft">
                    {when.length > 0 && `Only if ${when.map(conditionWords).join(' and ')}. `}
                    {holds.length === 0 && 'People judge it.'}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        </div>
        <div className="stack">
          {isOfRepository(task.origin) ? (
            <RunAtTerminal task={task} origin={task.origin} />
          ) : (
            <RunForm key={task.slug} task={task} />
          )}
          <section className="card pad stack-small" aria-label="About the task">
            <dl className="facts">
              <div>
                <dt>Persona</dt>
                <dd>
                  <Link to={`/codex/personas#${task.persona}`}>{persona?.name ?? task.persona}</Link>
                </dd>
              </div>
              <div>
                <dt>By hand at</dt>
                <dd>
                  <RouteLinks routes={task.routes} />
                </dd>
              </div>
              {task.fallback && (
                <div>
                  <dt>Otherwise</dt>
                  <dd>{task.fallback}</dd>
                </div>
              )}
            </dl>
            {task.origin && <Origin origin={task.origin} />}
          </section>
          {!isOfRepository(task.origin) && <RunLines task={task.slug} />}
        </div>
      </div>
    </>
  )
}
