import { Button, CopyButton, Modal, MultiSelect, Select, TextInput } from '@mantine/core'
import { createToken } from '@sre-toolbox/contract/identity'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useApp } from '../../lib/app-context.ts'
import { type ListedOperation, operationsQuery } from '../../lib/operation-list.ts'
import { personasQuery } from '../../lib/queries.ts'

const dayMs = 86_400_000
const lives = [
  { value: '1', label: '1 day' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: 'ever', label: 'never' },
]

/** Makes a token and shows it this once. */
export function CreateToken(props: {
  /** Chosen already. */
  persona: string | null
  onMade: () => void
  onClose: () => void
}) {
  const { onMade, onClose } = props
  const { api } = useApp()
  const { data: known = [] } = useQuery(operationsQuery)
  const { data: personas } = useQuery(personasQuery(api))
  // A token outlives the toolkit whose persona it would be bound to.
  const own = personas?.items.filter(({ origin }) => origin === null)
  const [name, setName] = useState('')
  const [life, setLife] = useState('90')
  const [operations, setOperations] = useState<string[]>([])
  const [persona, setPersona] = useState(props.persona)
  const create = useMutation({
    mutationFn: () =>
      api.call(createToken, {
        name,
        ...(life !== 'ever' && { expiresAt: new Date(Date.now() + Number(life) * dayMs).toISOString() }),
        ...(operations.length > 0 && { operations }),
        ...(persona && { persona }),
      }),
    onSuccess: onMade,
  })
  if (create.data) return <Made name={name} token={create.data.token} onClose={onClose} />
  return (
    <ConfirmDialog
      opened
      title="Make an API token"
      confirm="Make the token"
      cancel="Cancel"
      busy={create.isPending}
      error={create.error}
      disabled={name.trim() === ''}
      onClose={onClose}
      onConfirm={() => create.mutate()}
    >
      <TextInput
        label="Name"
        description="what will use it; shown in the audit log"
        required
        maxLength={100}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
        data-autofocus
      />
      <Select
        label="Expires after"
        data={lives}
        allowDeselect={false}
        value={life}
        onChange={(value) => setLife(value ?? '90')}
      />
      <MultiSelect
        label="Only these operations"
        description="none chosen: everything you may do, also later"
        placeholder={operations.length === 0 ? 'Everything' : ''}
        searchable
        clearable
        limit={100}
        nothingFoundMessage="No operation here is called that"
        data={choicesOf(known)}
        value={operations}
        onChange={setOperations}
      />
      <Select
        label="Persona"
        description="for an agent: it can do no more than the persona, whoever holds the token"
        placeholder="None"
        clearable
        data={own?.map(({ slug, name }) => ({ value: slug, label: name })) ?? []}
        value={persona}
        onChange={setPersona}
      />
    </ConfirmDialog>
  )
}

/** Each capability with all of its operations first, then one by one. */
function choicesOf(known: readonly ListedOperation[]) {
  const capabilities = [...new Set(known.map(({ id }) => id.split('.', 1)[0] ?? ''))]
  return capabilities.map((capability) => ({
    group: capability,
    items: [
      { value: `${capability}.*`, label: `${capability}.*` },
      ...known
        .filter(({ id }) => id.startsWith(`${capability}.`))
        .map(({ id, title }) => ({ value: id, label: `${id} · ${title}` })),
    ],
  }))
}

function Made({ name, token, onClose }: { name: string; token: string; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={`The token ${name}`} centered closeOnClickOutside={false}>
      <div className="stack">
        <p>
          This is the only time it is shown: nobody can read it again, not even an administrator. Lose it, and
          make a new one.
        </p>
        <code className="token-made">{token}</code>
        <div className="row">
          <CopyButton value={token} timeout={2000}>
            {({ copied, copy }) => (
              <Button onClick={copy} data-autofocus>
                {copied ? 'Copied' : 'Copy the token'}
              </Button>
            )}
          </CopyButton>
          <Button variant="default" className="push" onClick={onClose}>
            I have kept it
          </Button>
        </div>
      </div>
    </Modal>
  )
}
