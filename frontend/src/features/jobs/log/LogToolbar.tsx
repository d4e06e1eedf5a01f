import { Button, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { logLevels } from '@sre-toolbox/contract/jobs'
import { ArrowDownToLine, Download, Search, TriangleAlert, WrapText } from 'lucide-react'
import { useState } from 'react'

export type Level = (typeof logLevels)[number]
const levels: readonly string[] = logLevels
const isLevel = (value: string | null): value is Level => value !== null && levels.includes(value)
const levelTitles: Readonly<Record<Level, string>> = {
  debug: 'All levels',
  info: 'Info and above',
  warn: 'Warnings and errors',
  error: 'Errors only',
}

export interface LogLook {
  readonly text: string
  readonly level: Level
  readonly follow: boolean
  readonly wrap: boolean
}

export function LogToolbar(props: {
  look: LogLook
  onLook: (look: LogLook) => void
  /** To the next match, or the one before. */
  onStep: (step: 1 | -1) => void
  canFollow: boolean
  onFirstError: () => void
  onDownload: () => void
  /** What takes a while now, in words. */
  busy: string | null
}) {
  const { look, onLook } = props
  const [typed, setTyped] = useState(look.text)
  const search = useDebouncedCallback((text: string) => onLook({ ...look, text }), 250)
  return (
    <search className="log-toolbar">
      <TextInput
        type="search"
        aria-label="Search the log"
        placeholder="Search the log…"
        leftSection={<Search size={13} />}
        value={typed}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value)
          search(currentTarget.value.trim())
        }}
        onKeyDown={({ key, shiftKey }) => key === 'Enter' && props.onStep(shiftKey ? -1 : 1)}
      />
      <Select
        aria-label="Levels"
        w={170}
        data={logLevels.map((level) => ({ value: level, label: levelTitles[level] }))}
        value={look.level}
        onChange={(level) => isLevel(level) && onLook({ ...look, level })}
        allowDeselect={false}
      />
      <Button
        variant="default"
        leftSection={<TriangleAlert size={13} />}
        onClick={props.onFirstError}
        disabled={props.busy !== null}
      >
        First error
      </Button>
      <span className="push" />
      {props.canFollow && (
        <Button
          variant={look.follow ? 'light' : 'default'}
          aria-pressed={look.follow}
          leftSection={<ArrowDownToLine size={13} />}
          onClick={() => onLook({ ...look, follow: !look.follow })}
        >
          Follow
        </Button>
      )}
      <Button
        variant={look.wrap ? 'light' : 'default'}
        aria-pressed={look.wrap}
        leftSection={<WrapText size={13} />}
        onClick={() => onLook({ ...look, wrap: !look.wrap })}
      >
        Wrap
      </Button>
      <Button
        variant="default"
        leftSection={<Download size={13} />}
        onClick={props.onDownload}
        disabled={props.busy !== null}
      >
        {props.busy ?? 'Download'}
      </Button>
    </search>
  )
}
