import { Button as MantineButton, NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core'
import type {
  ButtonProps,
  NumberFieldProps,
  SegmentsProps,
  SelectFieldProps,
  SwitchFieldProps,
  TextFieldProps,
} from '@sre-toolbox/sdk/ui'

// What toolkits build their pages from: values instead of events, and nothing of the library behind it to depend on.

export function Button({ danger, busy, variant = 'filled', type = 'button', ...props }: ButtonProps) {
  return (
    <MantineButton
      {...props}
      type={type}
      variant={variant}
      color={danger ? 'red' : 'blue'}
      loading={busy ?? false}
    />
  )
}

export function TextField({ onChange, mono, lines = 1, autoFocus, ...props }: TextFieldProps) {
  const shared = {
    ...props,
    ...(mono && {
      spellCheck: false,
      autoCapitalize: 'off',
      autoCorrect: 'off',
      classNames: { input: 'mono' },
    }),
    ...(autoFocus && { 'data-autofocus': true, autoFocus }),
  }
  return lines > 1 ? (
    <Textarea {...shared} rows={lines} onChange={({ currentTarget }) => onChange(currentTarget.value)} />
  ) : (
    <TextInput {...shared} onChange={({ currentTarget }) => onChange(currentTarget.value)} />
  )
}

export function NumberField({ value, onChange, ...props }: NumberFieldProps) {
  return (
    <NumberInput
      {...props}
      value={value ?? ''}
      onChange={(next) => onChange(next === '' ? null : Number(next))}
    />
  )
}

export function SelectField({ options, onChange, ...props }: SelectFieldProps) {
  return (
    <Select
      {...props}
      data={options.map(({ value, title }) => ({ value, label: title }))}
      allowDeselect={false}
      onChange={(next) => next !== null && onChange(next)}
    />
  )
}

export function SwitchField({ onChange, ...props }: SwitchFieldProps) {
  return <Switch {...props} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
}

export function Segments({ label, value, onChange, options }: SegmentsProps) {
  return (
    <fieldset className="segments" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.title}
        </button>
      ))}
    </fieldset>
  )
}
