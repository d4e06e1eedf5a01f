import type { ToolkitComponents } from '@sre-toolbox/sdk/ui'
import { type ComponentProps, lazy, type ReactNode, Suspense, useState } from 'react'
import { Link } from 'react-router'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { JsonView } from '../../components/JsonView.tsx'
import { LineOverTime } from '../../components/plots/LineOverTime.tsx'
import { StackedBars } from '../../components/plots/StackedBars.tsx'
import { ShortId } from '../../components/ShortId.tsx'
import { HealthMark, JobStatusMark, Mark } from '../../components/StatusMark.tsx'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { TickingTime, Took } from '../../components/Time.tsx'
import { shortId } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import { Button, NumberField, Segments, SelectField, SwitchField, TextField } from './controls.tsx'
import { useShownToolkit } from './toolkit-context.ts'

// Forms are the heaviest part, and many pages have none.
const LazySchemaForm = lazy(async () => ({
  default: (await import('../../components/schema-form/SchemaForm.tsx')).SchemaForm,
}))
const LazyRunOperation = lazy(async () => ({ default: (await import('../RunOperation.tsx')).RunOperation }))

function SchemaForm(props: ComponentProps<ToolkitComponents['SchemaForm']>) {
  return (
    <Suspense fallback={<Loading what="the form" />}>
      <LazySchemaForm {...props} />
    </Suspense>
  )
}

function OperationForm({ operation, input = {} }: ComponentProps<ToolkitComponents['OperationForm']>) {
  const { slug, operationList } = useShownToolkit()
  const [typed, setTyped] = useState<Record<string, unknown>>({ ...input })
  const found = operationList.find((known) => known.operation === operation)
  if (!found) return <Empty title={`${slug} has no operation ${operation}`} />
  return (
    <Suspense fallback={<Loading what="the form" />}>
      <LazyRunOperation slug={slug} operation={found} input={typed} onInput={setTyped} />
    </Suspense>
  )
}

function JobLink({ id, children }: { id: string; children?: ReactNode }) {
  return (
    <Link to={`/jobs/${id}`} className={children === undefined ? 'mono' : undefined}>
      {children ?? shortId(id)}
    </Link>
  )
}

function TickingTook({ from, to }: { from: string | null; to: string | null }) {
  return <Took from={from} to={to} now={useNow(1000)} />
}

export const toolkitComponents: ToolkitComponents = {
  StatusMark: Mark,
  JobStatusMark,
  HealthMark,
  Time: TickingTime,
  Took: TickingTook,
  ShortId,
  JobLink,
  JsonView,
  Loading,
  Empty,
  Failure,
  SchemaForm,
  OperationForm,
  LineOverTime,
  StackedBars,
  Button,
  TextField,
  NumberField,
  SelectField,
  SwitchField,
  Segments,
  ConfirmDialog,
}
