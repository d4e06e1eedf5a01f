import { Button, TextInput } from '@mantine/core'
import { listSecrets, removeSecret, type SecretMetadata } from '@sre-toolbox/contract/secrets'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Lock } from 'lucide-react'
import { useState } from 'react'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { CopyText } from '../../components/CopyText.tsx'
import { NeedsAccess } from '../../components/NeedsAccess.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { Scrollable } from '../../components/Scrollable.tsx'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { Time } from '../../components/Time.tsx'
import { useApp } from '../../lib/app-context.ts'
import { useNow } from '../../lib/use-now.ts'
import { PutSecret } from './PutSecret.tsx'

export function SecretsPage() {
  return (
    <NeedsAccess access="superuser" title="Secrets">
      <Secrets />
    </NeedsAccess>
  )
}

interface Open {
  readonly kind: 'put' | 'remove'
  readonly secret: SecretMetadata | null
}

function Secrets() {
  const { api } = useApp()
  const now = useNow(10_000)
  const [open, setOpen] = useState<Open | null>(null)
  const { data, error, refetch } = useQuery({
    queryKey: ['secrets'],
    queryFn: ({ signal }) => api.call(listSecrets, {}, { signal }),
  })
  const close = () => setOpen(null)
  return (
    <>
      <PageHeader
        title="Secrets"
        note="Names, fields and versions. Values go in and are used; they are never shown again."
        actions={
          <Button leftSection={<Lock size={13} />} onClick={() => setOpen({ kind: 'put', secret: null })}>
            Store a secret…
          </Button>
        }
      />
      {error && !data ? (
        <Failure error={error} what="The secrets can't be listed" retry={() => void refetch()} />
      ) : !data ? (
        <div className="card">
          <Loading what="secrets" />
        </div>
      ) : data.items.length === 0 ? (
        <div className="card">
          <Empty title="No secret is stored">
            Store one, then name it where a value is needed, as in <code>secret:auth/okta#client_secret</code>
            .
          </Empty>
        </div>
      ) : (
        <Scrollable className="card table-card table-stack" aria-label="Secrets">
          <table>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Referred to as</th>
                <th scope="col">Version</th>
                <th scope="col">Changed</th>
                <th scope="col">
                  <span className="hidden-text">What can be done</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((secret) => (
                <tr key={secret.name}>
                  <td>
                    <b>{secret.name}</b>
                  </td>
                  <td>
                    <ul>
                      {secret.fields.map((field) => (
                        <li key={field}>
                          <CopyText text={`secret:${secret.name}#${field}`} what="reference" />
                        </li>
                      ))}
                    </ul>
                  </td>
                  <td className="number" data-label="Version">
                    {secret.version}
                  </td>
                  <td className="soft" data-label="Changed">
                    <Time at={secret.updatedAt} now={now} />
                  </td>
                  <td>
                    <div className="row">
                      <Button
                        size="compact-xs"
                        variant="default"
                        aria-label={`Replace ${secret.name}`}
                        onClick={() => setOpen({ kind: 'put', secret })}
                      >
                        Replace…
                      </Button>
                      <Button
                        size="compact-xs"
                        variant="light"
                        color="red"
                        aria-label={`Remove ${secret.name}`}
                        onClick={() => setOpen({ kind: 'remove', secret })}
                      >
                        Remove…
                      </Button>
                    </div>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrollable>
      )}
      {open?.kind === 'put' && <PutSecret secret={open.secret} onClose={close} />}
      {open?.kind === 'remove' && open.secret && <RemoveSecret secret={open.secret} onClose={close} />}
    </>
  )
}

function RemoveSecret({ secret, onClose }: { secret: SecretMetadata; onClose: () => void }) {
  const { api, queries } = useApp()
  const [typed, setTyped] = useState('')
  const remove = useMutation({
    mutationFn: () => api.call(removeSecret, { name: secret.name }),
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: ['secrets'] }),
  })
  return (
    <ConfirmDialog
      opened
      title={`Remove ${secret.name}?`}
      confirm="Remove it for good"
      danger
      busy={remove.isPending}
      error={remove.error}
      disabled={typed !== secret.name}
      onClose={onClose}
      onConfirm={() => remove.mutate()}
    >
      <p>
        All its versions are gone at once. What refers to it fails from then on, and it can’t be undone: the
        values are kept nowhere else here.
      </p>
      <TextInput
        label={`Type ${secret.name} to go on`}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        data-autofocus
      />
    </ConfirmDialog>
  )
}
