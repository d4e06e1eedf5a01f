import type { ToolkitDetail } from '@sre-toolbox/contract/toolkits'
import { createContext, useContext } from 'react'

/** The toolkit whose page is shown. */
export const ToolkitContext = createContext<ToolkitDetail | null>(null)

export function useShownToolkit(): ToolkitDetail {
  const toolkit = useContext(ToolkitContext)
  if (!toolkit) throw new Error("This works only on a toolkit's own page")
  return toolkit
}
