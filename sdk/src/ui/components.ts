import type { ComponentType, ReactNode } from 'react'
import type { OperationInput, ToolkitJobStatus } from './hooks.ts'

export type Tone = 'good' | 'run' | 'warn' | 'bad' | 'mute'
export type Shape = 'check' | 'cross' | 'play' | 'clock' | 'dots' | 'slash' | 'question' | 'hand' | 'bang'
export type Health = 'healthy' | 'degraded' | 'unhealthy' | 'unknown'

interface Control {
  readonly label: string
  readonly description?: ReactNode
  /** What is wrong with the value. */
  readonly error?: ReactNode
  readonly required?: boolean
  readonly disabled?: boolean
}

export interface ButtonProps {
  readonly children: ReactNode
  readonly onClick?: () => void
  /** `submit` sends the form around it. */
  readonly type?: 'button' | 'submit'
  readonly variant?: 'filled' | 'default' | 'light' | 'subtle'
  readonly danger?: boolean
  readonly busy?: boolean
  readonly disabled?: boolean
}

export interface TextFieldProps extends Control {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly placeholder?: string
  readonly maxLength?: number
  readonly autoFocus?: boolean
  /** For code and patterns: in fixed width, without correction of spelling. */
  readonly mono?: boolean
  /** More than one makes it an area of so many lines. */
  readonly lines?: number
}

export interface NumberFieldProps extends Control {
  readonly value: number | null
  readonly onChange: (value: number | null) => void
  readonly min?: number
  readonly max?: number
  readonly step?: number
}

export interface SelectFieldProps extends Control {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly options: readonly { readonly value: string; readonly title: string }[]
}

export interface SwitchFieldProps extends Control {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

/** One of a few, side by side. */
export interface SegmentsProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly options: readonly { readonly value: string; readonly title: string }[]
}

export interface ConfirmDialogProps {
  readonly opened: boolean
  readonly title: string
  /** The word on the button. */
  readonly confirm: string
  readonly danger?: boolean
  readonly busy: boolean
  readonly error: Error | null
  readonly disabled?: boolean
  readonly onClose: () => void
  readonly onConfirm: () => void
  readonly children: ReactNode
}

export interface SchemaFormProps {
  /** JSON Schema of an object. */
  readonly schema: unknown
  readonly value: Record<string, unknown>
  readonly onChange: (value: Record<string, unknown>) => void
  readonly onSubmit: (value: Record<string, unknown>) => void
  /** The word on the button. */
  readonly submit: string
  readonly danger?: boolean
  readonly busy: boolean
  /** Why the server refused what was sent. */
  readonly error: Error | null
  /** Prefix of the fields' ids, one of its own for each form of a page. */
  readonly name: string
}

export interface LineOverTimeProps {
  /** `at` in milliseconds since the epoch, ascending. */
  readonly points: readonly { readonly at: number; readonly value: number }[]
  /** Says in words what the plot shows. */
  readonly label: string
  readonly format: (value: number) => string
  /** Words below, from left to right. */
  readonly axis: readonly string[]
}

export interface StackedBarsProps {
  readonly bars: readonly {
    readonly title: string
    readonly parts: readonly { readonly tone: Tone; readonly value: number; readonly word: string }[]
  }[]
  readonly label: string
  readonly axis: readonly string[]
}

/** The shared components, in the look of the shell. */
export interface ToolkitComponents {
  /** A state as colour, shape and word; `alone` leaves the word to those who can't see. */
  readonly StatusMark: ComponentType<{ tone: Tone; shape: Shape; word: string; alone?: boolean }>
  readonly JobStatusMark: ComponentType<{ status: ToolkitJobStatus; alone?: boolean }>
  readonly HealthMark: ComponentType<{ status: Health }>
  /** How long ago, with the exact time on hover. */
  readonly Time: ComponentType<{ at: string }>
  /** How long it took from one time to another, or has taken so far. */
  readonly Took: ComponentType<{ from: string | null; to: string | null }>
  /** The last characters of an id; a click copies all of it. */
  readonly ShortId: ComponentType<{ id: string; what: string }>
  readonly JobLink: ComponentType<{ id: string; children?: ReactNode }>
  readonly JsonView: ComponentType<{ value: unknown; label: string }>
  readonly Loading: ComponentType<{ what: string; lines?: number }>
  readonly Empty: ComponentType<{ title: string; children?: ReactNode }>
  /** What went wrong, its code, and a retry. */
  readonly Failure: ComponentType<{ error: Error; what: string; retry?: () => void }>
  /** A form made from a JSON Schema. */
  readonly SchemaForm: ComponentType<SchemaFormProps>
  /** A form for one of the toolkit's operations, with its answer or its jobs. */
  readonly OperationForm: ComponentType<{ operation: string; input?: OperationInput }>
  readonly LineOverTime: ComponentType<LineOverTimeProps>
  readonly StackedBars: ComponentType<StackedBarsProps>
  readonly Button: ComponentType<ButtonProps>
  readonly TextField: ComponentType<TextFieldProps>
  readonly NumberField: ComponentType<NumberFieldProps>
  readonly SelectField: ComponentType<SelectFieldProps>
  readonly SwitchField: ComponentType<SwitchFieldProps>
  readonly Segments: ComponentType<SegmentsProps>
  readonly ConfirmDialog: ComponentType<ConfirmDialogProps>
}

/** Numbers and times as the shell writes them. */
export interface ToolkitFormats {
  /** `120 ms`, `3.4 s`, `2 m 05 s`. */
  formatDuration(ms: number): string
  /** `12,345`. */
  formatCount(value: number): string
  /** `2026-05-01 14:03:22.120`, in the time zone of the person. */
  formatTime(instant: string): string
}
