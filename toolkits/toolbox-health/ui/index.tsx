import { defineToolkitUi } from '@sre-toolbox/sdk/ui'
import { TimelinePage } from './TimelinePage.tsx'
import './toolbox-health.css'

export const toolkitUi = defineToolkitUi({
  pages: [{ path: '', title: 'Parts over time', Component: TimelinePage }],
})
