import { defineToolkitUi } from '@sre-toolbox/sdk/ui'
import { HistoryPage } from './HistoryPage.tsx'
import { ProbePage } from './ProbePage.tsx'
import './latency-sleuth.css'

export const toolkitUi = defineToolkitUi({
  pages: [
    { path: '', title: 'Probe', Component: ProbePage },
    { path: 'history', title: 'Over time', Component: HistoryPage },
  ],
})
