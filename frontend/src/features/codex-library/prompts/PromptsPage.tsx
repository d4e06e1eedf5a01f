import { Button } from '@mantine/core'
import { putPrompt } from '@sre-toolbox/contract/codex-prompts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { FilePlus2, WandSparkles } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { Mark } from '../../../components/StatusMark.tsx'
import { Empty, Failure, Loading } from '../../../components/states.tsx'
import { useApp, useUser } from '../../../lib/app-context.ts'
import { plural } from '../../../lib/format.ts'
import { may } from '../../../lib/may.ts'
import { skeleton } from './front-matter.ts'
import { NameDialog } from './NameDialog.tsx'
import { promptsQuery } from './prompt-queries.ts'
import './studio.css'

// With it come the forms, which the list does not need.
const ComposeDialog = lazy(async () => ({ default: (await import('./ComposeDialog.tsx')).ComposeDialog }))

/** The prompts of a workspace, each a file of its repository. */
export function PromptsPage() {
  const { workspaceId = '' } = useParams()
  const { api, queries } = useApp()
  const user = useUser()
  const navigate = useNavigate()
  const [dialog, setDialog] = useState<'compose' | 'name' | null>(null)
  const [begun, setBegun] = useState({ name: '', text: skeleton })
  const { data, error, refetch } = useQuery(promptsQuery(api, workspaceId))
  const here = `/codex/workspaces/${workspaceId}/prompts`
  const put = useMutation({
    mutationFn: (name: string) => api.call(putPrompt, { workspaceId, name, text: begun.text }),
    onSuccess: ({ prompt }) => navigate(`${here}/${encodeURIComponent(prompt.name)}`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['codex', 'prompts'] }),
  })
  function begin(name: string, text: string) {
    put.reset()
    setBegun({ name, text })
    setDialog('name')
  }
  const curator = may(user, 'toolkit.curator')
  return (
    <div className="stack">
      <header className="row wrap">
        <div>
          <h2>Prompts</h2>
          <p className="soft">
            What agents are told, checked against this Toolbox. Files in <code>ai/prompts</code>.
          </p>
        </div>
        {curator ? (
          <div className="row push">
            <Button
              variant="default"
              leftSection={<FilePlus2 size={14} />}
              onClick={() => begin('', skeleton)}
            >
              New prompt…
            </Button>
            <Button leftSection={<WandSparkles size={14} />} onClick={() => setDialog('compose')}>
              Compose…
            </Button>
          </div>
        ) : (
          <p className="small soft push">To write them needs toolkit.curator.</p>
        )}
      </header>
      {error && !data ? (
        <Failure error={error} what="The prompts can't be listed" retry={() => void refetch()} />
      ) : !data ? (
        <Loading what="prompts" />
      ) : data.items.length === 0 ? (
        <div className="card">
          <Empty title="This workspace has no prompts">
            Compose one from a persona and a task; it begins without a finding.
          </Empty>
        </div>
      ) : (
        <ul className="card list-rows prompts">
          {data.items.map(({ name, title, persona, task, faults, digest, pinned }) => (
            <li key={name} className="prompt-row">
              <div>
                <Link to={`${here}/${encodeURIComponent(name)}`} className="strong-link">
                  {title ?? name}
                </Link>
                <p className="small soft">
                  <code>{name}.md</code>
                  {persona && ` · ${persona}`}
                  {task && ` · ${task}`}
                </p>
              </div>
              <span>
                {pinned === null ? (
                  <span className="tag tag-mute">not pinned</span>
                ) : pinned === digest ? (
                  <span className="tag tag-good">pinned</span>
                ) : (
                  <span className="tag tag-warn">changed since it was pinned</span>
                )}
              </span>
              {faults === 0 ? (
                <Mark tone="good" shape="check" word="No findings" />
              ) : (
                <Mark tone="bad" shape="bang" word={plural(faults, 'finding')} />
              )}
            </li>
          ))}
        </ul>
      )}
      <Suspense>
        {dialog === 'compose' && (
          <ComposeDialog
            workspaceId={workspaceId}
            uses={[{ title: 'Make it a prompt…', act: ({ name, text }) => begin(name, text) }]}
            onClose={() => setDialog(null)}
          />
        )}
      </Suspense>
      {dialog === 'name' && (
        <NameDialog
          title="New prompt"
          confirm="Create it"
          initial={begun.name}
          busy={put.isPending}
          error={put.error}
          onName={(name) => put.mutate(name)}
          onClose={() => setDialog(null)}
        />
      )}
    </div>
  )
}
