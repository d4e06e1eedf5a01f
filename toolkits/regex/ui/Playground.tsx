import { Button, Empty, TextField } from '@sre-toolbox/sdk/ui'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import { type Explanation, type Match, type Matches, type Replaced, ranAway, useAnswer } from './answers.ts'
import { Explained } from './Explained.tsx'
import { Flags } from './Flags.tsx'
import { MarkedText } from './MarkedText.tsx'
import { MatchList } from './MatchList.tsx'
import { stillRight } from './marks.ts'
import { Replacement } from './Replacement.tsx'
import { useSettled } from './use-settled.ts'

const settleMs = 250
const example = {
  pattern: '(?<host>[\\w.-]+) (?<status>5\\d\\d) (?<ms>\\d+)ms',
  flags: 'g',
  text: 'api-1.example.org 200 31ms\napi-2.example.org 503 1204ms\nweb-1.example.org 500 88ms\n',
}

/** Matches, meaning and replacement while one types. Every pattern runs on the server, where one that runs away is stopped. */
export function Playground() {
  const [search] = useSearchParams()
  const [pattern, setPattern] = useState(search.get('pattern') ?? '')
  const [flags, setFlags] = useState(search.get('flags') ?? 'g')
  const [replacement, setReplacement] = useState('')
  const [text, setText] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)

  const typed = useMemo(() => ({ pattern, flags, text, replacement }), [pattern, flags, text, replacement])
  const asked = useSettled(typed, settleMs)
  const about = useMemo(
    () => (asked.pattern === '' ? null : { pattern: asked.pattern, flags: asked.flags }),
    [asked.pattern, asked.flags],
  )
  const within = useMemo(
    () => (about && asked.text !== '' ? { ...about, text: asked.text, limit: 1000 } : null),
    [about, asked.text],
  )
  const replacing = useMemo(
    () =>
      about && asked.text !== '' && asked.replacement !== ''
        ? { ...about, text: asked.text, replacement: asked.replacement }
        : null,
    [about, asked.text, asked.replacement],
  )
  const explained = useAnswer<NonNullable<typeof about>, Explanation>('explain', about)
  const found = useAnswer<NonNullable<typeof within>, Matches>('match', within)
  const replaced = useAnswer<NonNullable<typeof replacing>, Replaced>('replace', replacing)

  useEffect(() => {
    const query = about ? `?${new URLSearchParams(about)}` : ''
    // Past the router: going to an address of our own would call off a way that the person has just taken.
    if (location.search !== query) {
      history.replaceState(history.state, '', `${location.pathname}${query}${location.hash}`)
    }
  }, [about])

  const places = found.latest ? stillRight(found.latest.output.matches, found.latest.input.text, text) : []
  const stopped = ranAway(found.error) || ranAway(replaced.error)
  const trouble = explained.error ?? (stopped ? null : (found.error ?? replaced.error))

  function select({ start, end }: Match) {
    field.current?.focus()
    field.current?.setSelectionRange(start, end)
  }
  function tryExample() {
    setPattern(example.pattern)
    setFlags(example.flags)
    setText(example.text)
  }
  return (
    <div className="regex-playground">
      <div className="stack">
        <section className="card pad stack" aria-label="Pattern and text">
          <div className="regex-pattern">
            <TextField
              label="Pattern"
              description="JavaScript syntax, without the slashes around it"
              value={pattern}
              onChange={setPattern}
              maxLength={2000}
              error={trouble?.message}
              mono
            />
            <Flags value={flags} onChange={setFlags} />
          </div>
          {stopped && (
            <p role="alert" className="regex-stopped">
              <b>This pattern ran away and was stopped.</b> It tries so many ways to match this text that two
              seconds were not enough. Rewrite the part that the explanation warns of; nothing else was held
              up.
            </p>
          )}
          <MarkedText
            label="Text"
            value={text}
            onChange={setText}
            places={stopped ? [] : places}
            placeholder="Paste lines of a log, a URL, a message…"
            field={field}
          />
        </section>
        <Replacement value={replacement} onChange={setReplacement} answer={replaced} />
      </div>
      <div className="stack" aria-busy={found.fetching || explained.fetching}>
        {about === null && (
          <section className="card">
            <Empty title="Type a pattern">
              <p>Its matches, its meaning and what it may do wrong show up as you type.</p>
              <Button variant="default" onClick={tryExample}>
                Try an example
              </Button>
            </Empty>
          </section>
        )}
        {found.latest && <MatchList found={found.latest.output} onSelect={select} />}
        {explained.latest && (
          <Explained explanation={explained.latest.output} pattern={explained.latest.input.pattern} />
        )}
      </div>
    </div>
  )
}
