import { useParams } from 'react-router'
import { GuideIndex } from './GuideIndex.tsx'
import { GuidePage } from './GuidePage.tsx'
import './documentation.css'

/** `/documentation` lists the guides; what stands behind it is the name of one. */
export function DocumentationPage() {
  const { '*': name = '' } = useParams()
  const guide = name.replace(/\/+$/, '')
  return guide === '' ? <GuideIndex /> : <GuidePage key={guide} name={guide} />
}
