import { ActionIcon, Button, PasswordInput, TextInput } from '@mantine/core'
import {
  putSecret,
  type SecretMetadata,
  secretFieldShape,
  secretNameShape,
} from '@sre-toolbox/contract/secrets'
import { useMutation } from '@tanstack/react-query'
import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useApp } from '../../lib/app-context.ts'
import { newKey } from '../../lib/new-key.ts'
import { shapeFault } from '../../lib/shape-fault.ts'
import './secrets.css'

interface Field {
  readonly key: string
  readonly name: string
  readonly value: string
}

const emptyField = (name = ''): Field => ({ key: newKey(), name, value: '' })

/** Stores a secret, or the next version of one: all its fields at once, since none can be read to be kept. */
export function PutSecret({ secret, onClose }: { secret: SecretMetadata | null; onClose: () => void }) {
  const { api, queries } = useApp()
  const [name, setName] = useState(secret?.name ?? '')
  const [fields, setFields] = useState<readonly Field[]>(() =>
    secret ? secret.fields.map((field) => emptyField(field)) : [emptyField()],
  )
  const put = useMutation({
    mutationFn: () => {
      const values = Object.fromEntries(fields.map(({ name, value }) => [name.trim(), value]))
      return api.call(putSecret, { name: name.trim(), values })
    },
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: ['secrets'] }),
  })
  const change = (key: string, changed: Partial<Field>) =>
    setFields(fields.map((field) => (field.key === key ? { ...field, ...changed } : field)))
  const names = fields.map((field) => field.name.trim())
  const twice = names.find((field, index) => field !== '' && names.indexOf(field) !== index)
  const misnamed = shapeFault(
    name.trim(),
    secretNameShape,
    'Letters, digits and . _ / - alone, a letter or digit first, no .. and no //.',
  )
  const fieldFault = (name: string) =>
    shapeFault(name.trim(), secretFieldShape, 'Letters, digits and . _ - alone.')
  const isWhole = ({ name, value }: Field) => name.trim() !== '' && value !== '' && !fieldFault(name)
  const ready = name.trim() !== '' && !misnamed && !twice && fields.every(isWhole)
  return (
    <ConfirmDialog
      opened
      title={secret ? `Version ${secret.version + 1} of ${secret.name}` : 'Store a secret'}
      confirm="Store it"
      cancel="Cancel"
      busy={put.isPending}
      error={put.error}
      disabled={!ready}
      onClose={onClose}
      onConfirm={() => put.mutate()}
    >
      {secret ? (
        <p>
          Every field is given anew; what is left out is gone. Whatever refers to it uses the new version at
          once.
        </p>
      ) : (
        <TextInput
          label="Name"
          description="a path such as auth/okta; an existing one gets its next version"
          required
          autoComplete="off"
          spellCheck={false}
          value={name}
          error={misnamed}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          data-autofocus
        />
      )}
      <fieldset className="secret-fields">
        <legend>Fields</legend>
        {fields.map((field, index) => (
          <div key={field.key} className="secret-field">
            <TextInput
              aria-label={`Name of field ${index + 1}`}
              placeholder="client_secret"
              autoComplete="off"
              spellCheck={false}
              value={field.name}
              error={fieldFault(field.name)}
              onChange={({ currentTarget }) => change(field.key, { name: currentTarget.value })}
            />
            <PasswordInput
              aria-label={`Value of field ${index + 1}`}
              placeholder="value"
              autoComplete="new-password"
              value={field.value}
              onChange={({ currentTarget }) => change(field.key, { value: currentTarget.value })}
            />
            <ActionIcon
              aria-label={`Leave out field ${index + 1}`}
              disabled={fields.length === 1}
              onClick={() => setFields(fields.filter(({ key }) => key !== field.key))}
            >
              <Trash2 size={14} />
            </ActionIcon>
          </div>
        ))}
        {twice && <p className="form-error small">There are two fields called {twice}.</p>}
        <div>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<Plus size={12} />}
            onClick={() => setFields([...fields, emptyField()])}
          >
            Another field
          </Button>
        </div>
      </fieldset>
    </ConfirmDialog>
  )
}
