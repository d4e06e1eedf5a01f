import { ActionIcon, Button, TextInput } from '@mantine/core'
import {
  ADDITIONAL_PROPERTY_FLAG,
  type ArrayFieldItemTemplateProps,
  type ArrayFieldTemplateProps,
  buttonId,
  canExpand,
  descriptionId,
  errorId,
  type FieldTemplateProps,
  type IconButtonProps,
  type MultiSchemaFieldTemplateProps,
  type ObjectFieldTemplateProps,
  type RJSFSchema,
  type TemplatesType,
  titleId,
  type WrapIfAdditionalTemplateProps,
} from '@rjsf/utils'
import { ArrowDown, ArrowUp, Copy, type LucideIcon, Plus, Trash2, X } from 'lucide-react'
import { type FormMemory, shownErrors } from './form-memory.ts'
import { BaseInput } from './widgets.tsx'

function FieldTemplate(props: FieldTemplateProps<unknown, RJSFSchema, FormMemory>) {
  const { id, label, displayLabel, rawDescription, rawErrors, required, hidden, children, registry, schema } =
    props
  if (hidden) return <div hidden>{children}</div>
  const errors = shownErrors(registry.formContext, id, rawErrors)
  return (
    <WrapIfAdditional {...props}>
      <div className={isShort(schema) ? 'field field-short' : 'field'}>
        {displayLabel && label && (
          <label htmlFor={id}>
            {label}
            {required && (
              <span className="field-required" title="needed">
                <span aria-hidden="true"> *</span>
                <span className="hidden-text"> needed</span>
              </span>
            )}
          </label>
        )}
        {displayLabel && rawDescription && (
          <p id={descriptionId(id)} className="small soft">
            {rawDescription}
          </p>
        )}
        {children}
        {errors.length > 0 && (
          <p id={errorId(id)} className="small form-error">
            {errors.join(' ')}
          </p>
        )}
      </div>
    </WrapIfAdditional>
  )
}

/** Numbers and choices need little room, so two of them share a line. */
function isShort({ type, enum: choices }: RJSFSchema): boolean {
  return choices !== undefined || type === 'number' || type === 'integer'
}

/** A field whose name the person chooses. */
function WrapIfAdditional(props: WrapIfAdditionalTemplateProps<unknown, RJSFSchema, FormMemory>) {
  const { id, label, schema, disabled, readonly, onKeyRenameBlur, onRemoveProperty, children } = props
  if (!(ADDITIONAL_PROPERTY_FLAG in schema)) return children
  return (
    <div className="field-pair">
      <TextInput
        id={`${id}-key`}
        aria-label="Name"
        key={label}
        defaultValue={label}
        disabled={(disabled || readonly) ?? false}
        onBlur={onKeyRenameBlur}
      />
      <div className="field-pair-value">{children}</div>
      <RemoveButton onClick={onRemoveProperty} id={buttonId(id, 'remove')} title={`Remove ${label}`} />
    </div>
  )
}

function ObjectFieldTemplate(props: ObjectFieldTemplateProps<unknown, RJSFSchema, FormMemory>) {
  const { title, description, properties, fieldPathId, schema, uiSchema, formData, onAddProperty } = props
  const isRoot = fieldPathId.path.length === 0
  const content = (
    <>
      {properties.filter(({ hidden }) => !hidden).map(({ content }) => content)}
      {canExpand(schema, uiSchema ?? {}, formData) && (
        <AddButton
          id={buttonId(fieldPathId, 'add')}
          onClick={onAddProperty}
          disabled={props.disabled ?? false}
        />
      )}
    </>
  )
  if (isRoot) return <div className="field-root">{content}</div>
  return (
    <fieldset className="field-group">
      {title && <legend id={titleId(fieldPathId)}>{title}</legend>}
      {description && (
        <p id={descriptionId(fieldPathId)} className="small soft">
          {description}
        </p>
      )}
      {content}
    </fieldset>
  )
}

function ArrayFieldTemplate(props: ArrayFieldTemplateProps<unknown, RJSFSchema, FormMemory>) {
  const { title, schema, items, canAdd, onAddClick, fieldPathId, disabled, required } = props
  return (
    <fieldset className="field-group">
      {title && (
        <legend id={titleId(fieldPathId)}>
          {title}
          {required && <span aria-hidden="true"> *</span>}
        </legend>
      )}
      {schema.description && (
        <p id={descriptionId(fieldPathId)} className="small soft">
          {schema.description}
        </p>
      )}
      {items}
      {canAdd && (
        <AddButton id={buttonId(fieldPathId, 'add')} onClick={onAddClick} disabled={disabled ?? false} />
      )}
    </fieldset>
  )
}

function ArrayFieldItemTemplate(props: ArrayFieldItemTemplateProps<unknown, RJSFSchema, FormMemory>) {
  const { children, hasToolbar, buttonsProps, index } = props
  const { hasMoveUp, hasMoveDown, hasRemove, onMoveUpItem, onMoveDownItem, onRemoveItem } = buttonsProps
  return (
    <div className="field-item">
      <div className="field-item-value">{children}</div>
      {hasToolbar && (
        <div className="row field-item-tools">
          {hasMoveUp && <MoveUpButton onClick={onMoveUpItem} title={`Move entry ${index + 1} up`} />}
          {hasMoveDown && <MoveDownButton onClick={onMoveDownItem} title={`Move entry ${index + 1} down`} />}
          {hasRemove && <RemoveButton onClick={onRemoveItem} title={`Remove entry ${index + 1}`} />}
        </div>
      )}
    </div>
  )
}

function MultiSchemaFieldTemplate({ selector, optionSchemaField }: MultiSchemaFieldTemplateProps) {
  return (
    <div className="field-group">
      {selector}
      {optionSchemaField}
    </div>
  )
}

type ButtonLook = Pick<IconButtonProps, 'onClick' | 'title' | 'id' | 'disabled'>

function iconButton(Icon: LucideIcon, usualTitle: string) {
  return function IconButton({ onClick, title = usualTitle, id, disabled }: ButtonLook) {
    return (
      <ActionIcon
        {...(id !== undefined && { id })}
        {...(onClick && { onClick })}
        aria-label={title}
        title={title}
        disabled={disabled ?? false}
      >
        <Icon size={14} />
      </ActionIcon>
    )
  }
}
const RemoveButton = iconButton(Trash2, 'Remove')
const MoveUpButton = iconButton(ArrowUp, 'Move up')
const MoveDownButton = iconButton(ArrowDown, 'Move down')

function AddButton({ onClick, id, disabled }: ButtonLook) {
  return (
    <Button
      {...(id !== undefined && { id })}
      {...(onClick && { onClick })}
      variant="default"
      size="compact-xs"
      leftSection={<Plus size={12} />}
      disabled={disabled ?? false}
      className="field-add"
    >
      Add
    </Button>
  )
}

export const templates: Partial<TemplatesType<unknown, RJSFSchema, FormMemory>> = {
  BaseInputTemplate: BaseInput,
  FieldTemplate,
  ObjectFieldTemplate,
  ArrayFieldTemplate,
  ArrayFieldItemTemplate,
  MultiSchemaFieldTemplate,
  // Each is shown by the template of its field.
  FieldErrorTemplate: () => null,
  ErrorListTemplate: () => null,
  ButtonTemplates: {
    SubmitButton: () => null,
    AddButton,
    RemoveButton,
    MoveUpButton,
    MoveDownButton,
    CopyButton: iconButton(Copy, 'Copy'),
    ClearButton: iconButton(X, 'Clear'),
  },
}
