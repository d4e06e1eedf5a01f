import { Button } from '@mantine/core'
import type { IChangeEvent } from '@rjsf/core'
// The package's face also loads what its tests need.
import withTheme from '@rjsf/core/lib/withTheme.js'
import type { RJSFSchema } from '@rjsf/utils'
import { type ReactNode, useMemo, useState } from 'react'
import { ApiError } from '../../lib/api.ts'
import type { FormMemory } from './form-memory.ts'
import { templates } from './templates.tsx'
import { createValidator } from './validator.ts'
import { widgets } from './widgets.tsx'
import './schema-form.css'

const ThemedForm = withTheme<unknown, RJSFSchema, FormMemory>({ templates, widgets })
type Value = Record<string, unknown>

/** A form made from a JSON Schema. Says what is wrong with a field once it was touched, and keeps all that was typed. */
export function SchemaForm(props: {
  schema: unknown
  value: Value
  onChange: (value: Value) => void
  onSubmit: (value: Value) => void
  submit: string
  danger?: boolean
  /** It can't be sent yet, whatever is typed. */
  disabled?: boolean
  busy: boolean
  /** Beside the button that sends. */
  also?: ReactNode
  /** Why the server refused what was sent. */
  error: Error | null
  /** Prefix of the fields' ids, one of its own for each form of a page. */
  name: string
}) {
  const { value, onChange, onSubmit, error } = props
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const [tried, setTried] = useState(false)
  const validator = useMemo(() => createValidator(), [])
  const touch = (id: string | undefined) => {
    if (id !== undefined && !touched.has(id)) setTouched(new Set([...touched, id]))
  }
  return (
    <ThemedForm
      schema={props.schema as RJSFSchema}
      validator={validator}
      formData={value}
      idPrefix={props.name}
      formContext={{ touched, tried }}
      liveValidate="onChange"
      showErrorList={false}
      focusOnFirstError
      noHtml5Validate
      disabled={props.busy}
      onChange={({ formData }: IChangeEvent, id) => {
        onChange(formData as Value)
        touch(id)
      }}
      onBlur={touch}
      onError={() => setTried(true)}
      onSubmit={({ formData }: IChangeEvent) => onSubmit(formData as Value)}
      className="schema-form"
    >
      {error && <Refusal error={error} />}
      <div className="row">
        <Button
          type="submit"
          color={props.danger ? 'red' : 'blue'}
          loading={props.busy}
          disabled={props.disabled ?? false}
        >
          {props.submit}
        </Button>
        {props.also}
      </div>
    </ThemedForm>
  )
}

function Refusal({ error }: { error: Error }) {
  const faults = error instanceof ApiError ? error.errors : []
  return (
    <div role="alert" className="form-error">
      <p>{error.message}</p>
      <ul>
        {faults.map(({ path, message }) => (
          <li key={path + message}>
            <code>{path}</code> {message}
          </li>
        ))}
      </ul>
    </div>
  )
}
