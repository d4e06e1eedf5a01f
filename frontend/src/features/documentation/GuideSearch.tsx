import { Combobox, Highlight, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue, useHotkeys } from '@mantine/hooks'
import { recommendGuide } from '@sre-toolbox/contract/documentation'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { useApp } from '../../lib/app-context.ts'
import { guideSearchQuery } from '../../lib/queries.ts'

/** Finds sections as one types; what reads like a question is also answered with a guide and its words. */
export function GuideSearch({ autoFocus = false }: { autoFocus?: boolean }) {
  const { api } = useApp()
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [text] = useDebouncedValue(typed.trim(), 120)
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() })
  useHotkeys([['/', () => input.current?.focus()]])

  const { data: found } = useQuery({ ...guideSearchQuery(api, text, 8), placeholderData: keepPreviousData })
  const { data: answer } = useQuery({
    queryKey: ['toolkits', 'guides', 'recommend', text],
    queryFn: ({ signal }) => api.call(recommendGuide, { question: text }, { signal }),
    enabled: isQuestion(text),
    staleTime: 60_000,
  })
  const hits = text === '' ? [] : (found?.items ?? [])
  const [best] = (isQuestion(text) && answer?.quotes) || []

  function go(address: string) {
    box.closeDropdown()
    setTyped('')
    void navigate(address)
  }
  return (
    <search className="guide-search">
      <Combobox store={box} onOptionSubmit={go} shadow="md">
        <Combobox.Target withExpandedAttribute>
          <TextInput
            ref={input}
            role="combobox"
            aria-label="Search the guides"
            placeholder="Search the guides, or ask a question"
            leftSection={<Search size={14} />}
            value={typed}
            autoFocus={autoFocus}
            onChange={({ currentTarget }) => {
              setTyped(currentTarget.value)
              box.openDropdown()
              box.updateSelectedOptionIndex()
            }}
            onFocus={() => typed !== '' && box.openDropdown()}
            onBlur={() => box.closeDropdown()}
            onKeyDown={(event) => {
              const [first] = hits
              const target = best?.address ?? first?.address
              // Enter opens the first where none is chosen.
              if (event.key === 'Enter' && box.getSelectedOptionIndex() < 0 && target) go(target)
            }}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={text === ''} className="guide-results">
          <Combobox.Options>
            {best && (
              <Combobox.Group label="Answers it">
                <Combobox.Option value={best.address} key="answer">
                  <Result
                    title={best.title}
                    heading={best.heading}
                    says={withoutMarks(best.text)}
                    words={[]}
                  />
                </Combobox.Option>
              </Combobox.Group>
            )}
            <Combobox.Group label={best ? 'More' : ''}>
              {hits
                .filter(({ address }) => address !== best?.address)
                .map(({ title, heading, address, excerpt, words }) => (
                  <Combobox.Option value={address} key={address}>
                    <Result title={title} heading={heading} says={excerpt} words={words} />
                  </Combobox.Option>
                ))}
            </Combobox.Group>
            {hits.length === 0 && found && (
              <Combobox.Empty>No guide speaks of “{text}”. Try another word for it.</Combobox.Empty>
            )}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
    </search>
  )
}

/** More than a few words are meant as a sentence. */
function isQuestion(text: string): boolean {
  return text.endsWith('?') || text.split(/\s+/).length >= 3
}

/** One line of a quote, which is Markdown. */
function withoutMarks(markdown: string): string {
  return markdown.replace(/^[\s>#-]+|\*\*|`/g, '').replace(/\]\([^)]*\)|\[|\|/g, ' ')
}

function Result(props: { title: string; heading: string; says: string; words: readonly string[] }) {
  const { title, heading, says, words } = props
  return (
    <>
      <span className="guide-result-title">
        {title !== heading && <span className="soft">{title} · </span>}
        {heading}
      </span>
      <Highlight component="span" className="guide-result-says small soft" highlight={[...words]}>
        {says}
      </Highlight>
    </>
  )
}
