import { Button } from '@mantine/core'
import { getGuide } from '@sre-toolbox/contract/documentation'
import type { OutputOf } from '@sre-toolbox/contract/operation'
import { useQuery } from '@tanstack/react-query'
import { ArrowRight } from 'lucide-react'
import { lazy, Suspense, use, useEffect } from 'react'
import { Link, useLocation } from 'react-router'
import { PageHeader } from '../../components/PageHeader.tsx'
import { Failure, Loading } from '../../components/states.tsx'
import { PagesContext, useApp } from '../../lib/app-context.ts'
import { guidesQuery } from '../../lib/queries.ts'
import { GuideSearch } from './GuideSearch.tsx'
import { neighboursOf } from './guides.ts'
import { TableOfContents } from './TableOfContents.tsx'

// With it comes the reader of Markdown, which the list of guides does not need.
const GuideText = lazy(async () => ({ default: (await import('./GuideText.tsx')).GuideText }))

type Guide = OutputOf<typeof getGuide>['guide']

export function GuidePage({ name }: { name: string }) {
  const { api } = useApp()
  const { data, error, refetch } = useQuery({
    queryKey: ['toolkits', 'guides', 'one', name],
    queryFn: ({ signal }) => api.call(getGuide, { guide: name }, { signal }),
    staleTime: 60_000,
    retry: false,
  })
  if (error && !data)
    return (
      <>
        <Failure
          wholePage
          error={error}
          what="This guide can't be shown"
          retry={() => void refetch()}
          back={{ title: 'All guides', to: '/documentation' }}
        />
        <div className="guide-elsewhere">
          <GuideSearch />
        </div>
      </>
    )
  if (!data) return <Loading what="the guide" lines={12} />
  return <GuideShown guide={data.guide} />
}

function GuideShown({ guide }: { guide: Guide }) {
  const { api } = useApp()
  const { data } = useQuery(guidesQuery(api))
  const guides = data?.items ?? []
  return (
    <>
      <PageHeader
        title={guide.title}
        crumbs={[{ title: 'Documentation', to: '/documentation' }]}
        note={guide.summary}
        actions={<GuideSearch />}
      />
      <div className="guide">
        <article className="guide-article">
          <GoTo guide={guide} />
          <Suspense fallback={<Loading what="the guide" lines={12} />}>
            <GuideText text={guide.text} title={guide.title} path={guide.path} guides={guides} />
            <AtHeading />
          </Suspense>
          <Neighbours {...neighboursOf(guides, guide.guide)} />
        </article>
        <TableOfContents headings={guide.headings} />
      </div>
    </>
  )
}

/** The pages that the guide speaks of, as far as this person may open them. */
function GoTo({ guide }: { guide: Guide }) {
  const open = use(PagesContext)
  const pages = guide.pages.flatMap((page) => open.filter(({ to }) => to === page))
  const own = guide.toolkit === null ? [] : [{ title: 'This toolkit', to: `/toolkits/${guide.toolkit}` }]
  const targets = [...own, ...pages]
  if (targets.length === 0) return null
  return (
    <nav aria-label="What this guide speaks of" className="row wrap guide-go-to">
      <span className="soft">Go to</span>
      {targets.map(({ title, to }) => (
        <Button
          key={to}
          component={Link}
          to={to}
          variant="default"
          size="compact-sm"
          rightSection={<ArrowRight size={13} />}
        >
          {title}
        </Button>
      ))}
    </nav>
  )
}

/** Shown together with the text: takes the reader to the heading that the address names. */
function AtHeading() {
  const { hash, key } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same heading may be asked for again
  useEffect(() => {
    if (hash === '') return
    const heading = document.getElementById(anchorIn(hash))
    heading?.scrollIntoView()
    heading?.focus({ preventScroll: true })
  }, [hash, key])
  return null
}

function anchorIn(hash: string): string {
  try {
    return decodeURIComponent(hash.slice(1))
  } catch {
    return hash.slice(1)
  }
}

function Neighbours({ before, after }: ReturnType<typeof neighboursOf>) {
  return (
    <nav aria-label="Other guides" className="guide-neighbours">
      {before && (
        <Link to={before.address} rel="prev">
          <span className="small soft">Before</span>
          {before.title}
        </Link>
      )}
      {after && (
        <Link to={after.address} rel="next" className="guide-after">
          <span className="small soft">Next</span>
          {after.title}
        </Link>
      )}
    </nav>
  )
}
