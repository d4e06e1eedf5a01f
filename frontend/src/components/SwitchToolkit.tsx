import { disableToolkit, enableToolkit, type ToolkitSummary } from '@sre-toolbox/contract/toolkits'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useApp } from '../lib/app-context.ts'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import { isSaid, SummaryField } from './SummaryField.tsx'

/** Enables a disabled toolkit and disables an enabled one. */
export function SwitchToolkit({ toolkit, onClose }: { toolkit: ToolkitSummary; onClose: () => void }) {
  const { api, queries } = useApp()
  const [justification, setJustification] = useState('')
  const { slug, name, enabled } = toolkit
  const change = useMutation({
    mutationFn: () => api.call(enabled ? disableToolkit : enableToolkit, { slug, justification }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['toolkits'] })
      onClose()
    },
  })
  const verb = enabled ? 'Disable' : 'Enable'
  return (
    <ConfirmDialog
      opened
      title={`${verb} ${name}?`}
      confirm={verb}
      danger={enabled}
      busy={change.isPending}
      error={change.error}
      disabled={!isSaid(justification)}
      onClose={onClose}
      onConfirm={() => change.mutate()}
    >
      <p>
        {enabled
          ? 'Its operations are refused at once, for everybody; jobs that run already are left to finish. It can be enabled again.'
          : 'Its operations can be called again, by everybody who holds their roles.'}
      </p>
      <SummaryField label="Justification" first value={justification} onChange={setJustification} />
    </ConfirmDialog>
  )
}
