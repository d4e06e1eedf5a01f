import type { ToolkitDetail } from '@sre-toolbox/contract/toolkits'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useLayoutEffect, useState } from 'react'
import { useApp } from '../../lib/app-context.ts'
import { type LoadResult, loadToolkitUi, specifiersOf, toToolkitUi } from './load-toolkit-ui.ts'
import { reportFailures } from './report-failures.ts'

/** A toolkit's user interface, loaded once; `result` is undefined while it is on its way. */
export function useToolkitUi({ slug, uiUrl }: ToolkitDetail) {
  const { api, queries } = useApp()
  const [attempt, setAttempt] = useState(0)
  const { data: result } = useQuery<LoadResult>({
    queryKey: keyOf(slug, uiUrl, attempt),
    async queryFn() {
      const specifiers = specifiersOf({ slug, uiUrl }, attempt)
      if (specifiers.length > 0) (await import('./provide-runtime.ts')).provideRuntime(api)
      const result = await loadToolkitUi(specifiers)
      reportFailures(api, slug, 'load', result.failures)
      return result
    },
    staleTime: 'static',
    structuralSharing: false,
  })

  const stylesheets = result?.loaded?.stylesheets
  useLayoutEffect(() => {
    stylesheets?.use(true)
    return () => stylesheets?.use(false)
  }, [stylesheets])

  useEffect(() => {
    function replace({ detail }: CustomEventInit<{ slug: string; module: unknown }>) {
      if (detail?.slug !== slug) return
      const ui = toToolkitUi(detail.module)
      queries.setQueryData<LoadResult>(
        keyOf(slug, uiUrl, attempt),
        (known) => known && { ...known, loaded: known.loaded && { ...known.loaded, ui } },
      )
    }
    window.addEventListener('toolkit-ui-changed', replace)
    return () => window.removeEventListener('toolkit-ui-changed', replace)
  }, [attempt, queries, slug, uiUrl])

  return { result, retry: () => setAttempt((before) => before + 1) }
}

function keyOf(slug: string, uiUrl: string | null, attempt: number) {
  return ['toolkit-ui', slug, uiUrl, attempt]
}
