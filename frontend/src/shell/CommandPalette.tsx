import { useDebouncedValue } from '@mantine/hooks'
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { useApp } from '../lib/app-context.ts'
import { shortId } from '../lib/format.ts'
import { jobStatusLooks } from '../lib/job-status.ts'
import { guideSearchQuery, latestJobsQuery, toolkitQuery, toolkitsQuery } from '../lib/queries.ts'
import type { Page } from './navigation.ts'

const [store, palette] = createSpotlight()

/** Goes anywhere by a few letters: pages, toolkits, operations, jobs, guides. Opens each time `request` changes. */
export function CommandPalette({ pages, request }: { pages: readonly Page[]; request: number }) {
  const { api } = useApp()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [text] = useDebouncedValue(typed.trim(), 150)
  useEffect(() => {
    if (request > 0) palette.open()
  }, [request])

  const { data: toolkits } = useQuery(toolkitsQuery(api))
  const enabled = toolkits?.items.filter((toolkit) => toolkit.enabled) ?? []
  const details = useQueries({ queries: enabled.map(({ slug }) => toolkitQuery(api, slug)) })
  const { data: jobs } = useQuery({
    ...latestJobsQuery(api, text === '' ? { limit: 5 } : { limit: 8, q: text }),
    placeholderData: keepPreviousData,
  })

  const { data: guides } = useQuery({
    ...guideSearchQuery(api, text, 5),
    placeholderData: keepPreviousData,
  })

  const go = (to: string) => () => void navigate(to)
  const groups: SpotlightActionGroupData[] = [
    {
      group: 'Pages',
      actions: pages.map(({ title, says, to }) => ({
        id: to,
        label: title,
        description: says,
        onClick: go(to),
      })),
    },
    {
      group: 'Toolkits',
      actions: enabled.map(({ slug, name, description }) => ({
        id: `toolkit-${slug}`,
        label: name,
        description,
        keywords: slug,
        onClick: go(`/toolkits/${slug}`),
      })),
    },
    {
      group: 'Operations',
      actions: details.flatMap(({ data }) =>
        (data?.toolkit.operationList ?? []).map(({ id, operation, title }) => ({
          id: `operation-${id}`,
          label: title,
          description: id,
          keywords: data?.toolkit.name ?? '',
          onClick: go(`/toolkits/${data?.toolkit.slug}?operation=${operation}`),
        })),
      ),
    },
    {
      group: text === '' ? 'Latest jobs' : 'Jobs',
      actions: (jobs?.items ?? []).map((job) => ({
        id: `job-${job.id}`,
        label: `${job.toolkit}.${job.operation} · ${shortId(job.id)}`,
        description: `${jobStatusLooks[job.status].word}, by ${job.requestedBy.name}`,
        // The server has matched it already.
        keywords: [text, job.id],
        onClick: go(`/jobs/${job.id}`),
      })),
    },
    {
      group: 'Documentation',
      actions: (text === '' ? [] : (guides?.items ?? [])).map(({ title, heading, address, excerpt }) => ({
        id: `guide-${address}`,
        label: heading === title ? title : `${title} · ${heading}`,
        description: excerpt,
        // The server has matched it already.
        keywords: [typed, text],
        onClick: go(address),
      })),
    },
  ]
  return (
    <Spotlight
      store={store}
      actions={groups}
      shortcut={null}
      query={typed}
      onQueryChange={setTyped}
      nothingFound={`Nothing is named “${typed}”`}
      highlightQuery
      scrollable
      maxHeight={420}
      limit={30}
      lockScroll={false}
      attributes={{ content: { 'aria-label': 'Search' } }}
      searchProps={{
        leftSection: <Search size={16} />,
        placeholder: 'Search pages, toolkits, operations, jobs, guides…',
        'aria-label': 'Search pages, toolkits, operations, jobs, guides',
      }}
    />
  )
}
