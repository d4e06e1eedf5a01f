import { defineToolkitUi } from '@sre-toolbox/sdk/ui'
import { Playground } from './Playground.tsx'
import './regex.css'

export const toolkitUi = defineToolkitUi({
  pages: [{ path: '', title: 'Playground', Component: Playground }],
})
