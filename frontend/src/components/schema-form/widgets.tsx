import { Checkbox, MultiSelect, NumberInput, PasswordInput, Select, Textarea, TextInput } from '@mantine/core'
import {
  ariaDescribedByIds,
  type BaseInputTemplateProps,
  descriptionId,
  enumOptionsIndexForValue,
  enumOptionsValueForIndex,
  type RegistryWidgetsType,
  type RJSFSchema,
  type WidgetProps,
} from '@rjsf/utils'
import { type FormMemory, shownErrors } from './form-memory.ts'

type Props = WidgetProps<unknown, RJSFSchema, FormMemory>

/** Text that may be longer is given lines. */
const longLine = 4096

/** What every input has in common. */
function shared({ id, htmlName, required, disabled, readonly, rawErrors, registry, onBlur, value }: Props) {
  return {
    id,
    name: htmlName ?? id,
    'aria-required': required ?? false,
    disabled: (disabled || readonly) ?? false,
    'aria-describedby': ariaDescribedByIds(id),
    error: shownErrors(registry.formContext, id, rawErrors).length > 0,
    onBlur: () => onBlur(id, value),
  }
}

export function BaseInput(props: BaseInputTemplateProps<unknown, RJSFSchema, FormMemory>) {
  const { schema, value, onChange, onChangeOverride, type, placeholder, autofocus } = props
  const kind = [schema.type].flat().find((name) => name === 'number' || name === 'integer')
  const look = { ...shared(props), autoFocus: autofocus ?? false }
  if (kind && !schema.enum) {
    return (
      <NumberInput
        {...look}
        value={typeof value === 'number' || typeof value === 'string' ? value : ''}
        onChange={(next) => onChange(next === '' ? undefined : next)}
        allowDecimal={kind === 'number'}
        hideControls
        placeholder={placeholder ?? ''}
      />
    )
  }
  if (schema.type === 'string' && !schema.format && !schema.pattern && (schema.maxLength ?? 0) > longLine) {
    return <TextareaWidget {...props} />
  }
  const hint = schema.format === 'secret' ? 'secret:name#field' : schema.format === 'uri' ? 'https://' : ''
  return (
    <TextInput
      {...look}
      type={type ?? 'text'}
      value={typeof value === 'string' || typeof value === 'number' ? String(value) : ''}
      placeholder={placeholder || hint}
      spellCheck={false}
      autoComplete="off"
      onChange={
        onChangeOverride ??
        ((event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value))
      }
    />
  )
}

function TextareaWidget(props: Props) {
  return (
    <Textarea
      {...shared(props)}
      autosize
      minRows={3}
      maxRows={16}
      value={typeof props.value === 'string' ? props.value : ''}
      onChange={({ currentTarget }) =>
        props.onChange(currentTarget.value === '' ? undefined : currentTarget.value)
      }
    />
  )
}

function PasswordWidget(props: Props) {
  return (
    <PasswordInput
      {...shared(props)}
      autoComplete="off"
      value={typeof props.value === 'string' ? props.value : ''}
      onChange={({ currentTarget }) =>
        props.onChange(currentTarget.value === '' ? undefined : currentTarget.value)
      }
    />
  )
}

function SelectWidget(props: Props) {
  const { value, multiple, options, required, onChange } = props
  const { enumOptions = [] } = options
  const data = enumOptions.map(({ label }, index) => ({ value: String(index), label }))
  const chosen = enumOptionsIndexForValue(value, enumOptions, multiple ?? false)
  if (multiple) {
    return (
      <MultiSelect
        {...shared(props)}
        data={data}
        value={[chosen ?? []].flat()}
        onChange={(next) => onChange(enumOptionsValueForIndex(next, enumOptions))}
      />
    )
  }
  return (
    <Select
      {...shared(props)}
      data={data}
      value={chosen === undefined ? null : String(chosen)}
      allowDeselect={!required}
      onChange={(next) => onChange(next === null ? undefined : enumOptionsValueForIndex(next, enumOptions))}
    />
  )
}

function CheckboxWidget(props: Props) {
  const { id, value, label, schema, onChange } = props
  return (
    <>
      <Checkbox
        {...shared(props)}
        label={label}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {schema.description && (
        <p id={descriptionId(id)} className="small soft">
          {schema.description}
        </p>
      )}
    </>
  )
}

export const widgets: RegistryWidgetsType<unknown, RJSFSchema, FormMemory> = {
  TextareaWidget,
  PasswordWidget,
  SelectWidget,
  CheckboxWidget,
}
