import { ActionIcon, Menu } from '@mantine/core'
import { putPrompt, removePrompt, type StoredPrompt } from '@sre-toolbox/contract/codex-prompts'
import { useMutation } from '@tanstack/react-query'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { ConfirmDialog } from '../../../components/ConfirmDialog.tsx'
import { useApp } from '../../../lib/app-context.ts'
import { saveText } from '../../../lib/save-text.ts'
import { NameDialog } from './NameDialog.tsx'
import { promptQuery } from './prompt-queries.ts'

/** What else can be done with a prompt that is kept. */
export function PromptMenu(props: { workspaceId: string; prompt: StoredPrompt; unsaved: boolean }) {
  const { workspaceId, prompt, unsaved } = props
  const { name, version } = prompt
  const { api, queries } = useApp()
  const navigate = useNavigate()
  const [dialog, setDialog] = useState<'rename' | 'remove' | null>(null)
  const all = `/codex/workspaces/${workspaceId}/prompts`
  const forget = () => {
    queries.removeQueries({ queryKey: promptQuery(api, workspaceId, name).queryKey })
    void queries.invalidateQueries({ queryKey: ['codex', 'prompts'] })
  }
  const remove = useMutation({
    mutationFn: () => api.call(removePrompt, { workspaceId, name, ifVersion: version }),
    async onSuccess() {
      await navigate(all)
      forget()
    },
  })
  // Under its new name first: if the second step fails, it is there twice and not gone.
  const rename = useMutation({
    mutationFn: async (next: string) => {
      await api.call(putPrompt, { workspaceId, name: next, text: prompt.text })
      await api.call(removePrompt, { workspaceId, name, ifVersion: version })
      return next
    },
    async onSuccess(next) {
      await navigate(`${all}/${encodeURIComponent(next)}`)
      forget()
    },
  })
  function open(which: 'rename' | 'remove') {
    remove.reset()
    rename.reset()
    setDialog(which)
  }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={`More for ${name}`}>
            <Ellipsis size={15} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => saveText(`${name}.md`, prompt.text, 'text/markdown')}>
            Download as saved
          </Menu.Item>
          <Menu.Item disabled={unsaved} onClick={() => open('rename')}>
            Rename…
          </Menu.Item>
          <Menu.Item color="red" onClick={() => open('remove')}>
            Delete…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'rename' && (
        <NameDialog
          title={`Rename ${name}`}
          confirm="Rename it"
          initial={name}
          busy={rename.isPending}
          error={rename.error}
          onName={(next) => (next === name ? setDialog(null) : rename.mutate(next))}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'remove' && (
        <ConfirmDialog
          opened
          title={`Delete ${name}?`}
          confirm="Delete it"
          danger
          busy={remove.isPending}
          error={remove.error}
          onClose={() => setDialog(null)}
          onConfirm={() => remove.mutate()}
        >
          <p>
            The file <code>ai/prompts/{name}.md</code> is removed from the checkout. What git has of it stays
            in its history; what was never committed is gone.
          </p>
        </ConfirmDialog>
      )}
    </>
  )
}
