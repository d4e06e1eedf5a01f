import { Button, NumberInput, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { Timing } from '@sre-toolbox/contract/schedules'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ApiError, asSentence } from '../../lib/api.ts'
import { useApp } from '../../lib/app-context.ts'
import { NextRuns } from './NextRuns.tsx'
import { previewQuery } from './schedule-queries.ts'
import { ownTimeZone, type TimingDraft, toTiming, unitSeconds } from './timing-draft.ts'
import { timingWords } from './timing-words.ts'

const kinds: readonly { kind: Timing['kind']; title: string }[] = [
  { kind: 'cron', title: 'By the clock' },
  { kind: 'interval', title: 'At an interval' },
  { kind: 'once', title: 'Once' },
]
const usual: readonly { title: string; expression: string }[] = [
  { title: 'Every hour', expression: '0 * * * *' },
  { title: 'Every day', expression: '0 9 * * *' },
  { title: 'Workdays', expression: '0 9 * * MON-FRI' },
  { title: 'Every week', expression: '0 9 * * MON' },
  { title: 'Every month', expression: '0 9 1 * *' },
]

/** When it is due, with the next times as they are typed. */
export function TimingFields({
  draft,
  saved,
  onChange,
}: {
  draft: TimingDraft
  /** What it is now: the page shows its next times already. */
  saved: Timing | undefined
  onChange: (draft: TimingDraft) => void
}) {
  const { api } = useApp()
  const set = (change: Partial<TimingDraft>) => onChange({ ...draft, ...change })
  const timing = useMemo(() => {
    const typed = toTiming(draft)
    return saved && typed && isSame(typed, saved) ? null : typed
  }, [draft, saved])
  const [settled] = useDebouncedValue(timing, 250)
  const preview = useQuery(previewQuery(api, settled))
  const faults = preview.error instanceof ApiError ? preview.error.errors : []
  const faultsOf = (field: string) => {
    const own = faults.filter(({ path }) => path === `timing.${field}`)
    return (
      own.length > 0 &&
      own.map(({ message }) => (
        <span key={message} className="timing-fault">
          {asSentence(message)}
        </span>
      ))
    )
  }
  return (
    <>
      <fieldset className="segments timing-kinds">
        <legend className="hidden-text">Kind</legend>
        {kinds.map(({ kind, title }) => (
          <button key={kind} type="button" aria-pressed={draft.kind === kind} onClick={() => set({ kind })}>
            {title}
          </button>
        ))}
      </fieldset>
      {draft.kind === 'cron' && (
        <>
          <div className="timing-fields">
            <TextInput
              label="Cron expression"
              description="minute, hour, day of month, month, day of week"
              required
              spellCheck={false}
              autoComplete="off"
              classNames={{ input: 'mono' }}
              value={draft.expression}
              error={faultsOf('expression')}
              onChange={({ currentTarget }) => set({ expression: currentTarget.value })}
            />
            <TimeZone
              value={draft.timeZone}
              error={faultsOf('timeZone')}
              onChange={(timeZone) => set({ timeZone })}
            />
          </div>
          <div className="row wrap">
            {usual.map(({ title, expression }) => (
              <Button key={title} size="compact-xs" variant="default" onClick={() => set({ expression })}>
                {title}
              </Button>
            ))}
          </div>
        </>
      )}
      {draft.kind === 'interval' && (
        <div className="timing-fields">
          <NumberInput
            label="Every"
            required
            min={1}
            allowDecimal={false}
            allowNegative={false}
            value={draft.every}
            error={faultsOf('everySeconds')}
            onChange={(every) => set({ every })}
          />
          <Select
            label="Unit"
            allowDeselect={false}
            data={Object.keys(unitSeconds)}
            value={draft.unit}
            onChange={(unit) => unit && set({ unit: unit as TimingDraft['unit'] })}
          />
        </div>
      )}
      {draft.kind === 'once' && (
        <TextInput
          type="datetime-local"
          step={1}
          label="At"
          description={`in your time zone, ${ownTimeZone()}`}
          required
          className="timing-once"
          value={draft.at}
          error={faultsOf('at')}
          onChange={({ currentTarget }) => set({ at: currentTarget.value })}
        />
      )}
      {!(saved && timing === null) && (
        <section className="preview" aria-label="Next runs" aria-live="polite">
          {settled && preview.data ? (
            <>
              <h3>{timingWords(settled)}</h3>
              <NextRuns
                times={preview.data.nextRuns}
                timeZone={settled.kind === 'cron' ? settled.timeZone : ownTimeZone()}
              />
            </>
          ) : (
            <p className="soft">
              {preview.error && faults.length === 0
                ? `The next runs can't be shown: ${preview.error.message}`
                : 'The next runs show up here.'}
            </p>
          )}
        </section>
      )}
    </>
  )
}

function TimeZone(props: {
  value: string
  error: Parameters<typeof Select>[0]['error']
  onChange: (zone: string) => void
}) {
  const zones = useMemo(
    () => [...new Set([props.value, 'UTC', ...Intl.supportedValuesOf('timeZone')])],
    [props.value],
  )
  return (
    <Select
      label="Time zone"
      description="when clocks change there, it follows"
      required
      searchable
      allowDeselect={false}
      limit={60}
      data={zones}
      value={props.value}
      error={props.error}
      onChange={(zone) => zone && props.onChange(zone)}
    />
  )
}

function isSame(a: Timing, b: Timing): boolean {
  const inOrder = (timing: Timing) => JSON.stringify(Object.entries(timing).toSorted())
  return inOrder(a) === inOrder(b)
}
