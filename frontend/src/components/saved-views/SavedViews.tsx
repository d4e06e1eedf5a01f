import { ActionIcon, Button } from '@mantine/core'
import type { View } from '@sre-toolbox/contract/views'
import { Bookmark, X } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { ConfirmDialog } from '../ConfirmDialog.tsx'
import { SaveView } from './SaveView.tsx'
import { useViews } from './use-views.ts'
import './saved-views.css'

interface Named {
  readonly name: string
  readonly query: string
}

/** Sets of filters under a name: those that come with the list, and those that this person keeps. */
export function SavedViews(props: { list: View['list']; query: string; presets: readonly Named[] }) {
  const { list, presets } = props
  const { views, put, remove } = useViews(list)
  const [dialog, setDialog] = useState<'save' | View | null>(null)
  const now = inOrder(props.query)
  const isNow = ({ query }: Named) => inOrder(query) === now
  const close = () => setDialog(null)
  return (
    <nav aria-label="Views" className="views">
      <ul>
        {presets.map((preset) => (
          <li key={preset.name}>
            <ViewLink view={preset} current={isNow(preset)} />
          </li>
        ))}
        {views.map((view) => (
          <li key={view.id} className="view-own">
            <ViewLink view={view} current={isNow(view)} />
            {isNow(view) && (
              <ActionIcon
                size="sm"
                aria-label={`Remove the view ${view.name}`}
                onClick={() => {
                  remove.reset()
                  setDialog(view)
                }}
              >
                <X size={13} />
              </ActionIcon>
            )}
          </li>
        ))}
        {now !== '' && ![...presets, ...views].some(isNow) && (
          <li>
            <Button
              variant="subtle"
              size="compact-xs"
              leftSection={<Bookmark size={13} />}
              onClick={() => {
                put.reset()
                setDialog('save')
              }}
            >
              Save these filters…
            </Button>
          </li>
        )}
      </ul>
      {dialog === 'save' && (
        <SaveView
          taken={views.map(({ name }) => name)}
          busy={put.isPending}
          error={put.error}
          onClose={close}
          onSave={(name) => put.mutate({ name, query: props.query }, { onSuccess: close })}
        />
      )}
      {dialog !== null && dialog !== 'save' && (
        <ConfirmDialog
          opened
          title={`Remove the view ${dialog.name}?`}
          confirm="Remove"
          danger
          busy={remove.isPending}
          error={remove.error}
          onClose={close}
          onConfirm={() => remove.mutate(dialog, { onSuccess: close })}
        >
          <p>Its filters stay set, so that it can be saved again. Nobody else has used it.</p>
        </ConfirmDialog>
      )}
    </nav>
  )
}

function ViewLink({ view, current }: { view: Named; current: boolean }) {
  return (
    <Link to={`?${view.query}`} className="view" aria-current={current ? 'true' : undefined}>
      {view.name}
    </Link>
  )
}

/** The same filters in another order are the same view. */
function inOrder(query: string): string {
  const search = new URLSearchParams(query)
  search.sort()
  return search.toString()
}
