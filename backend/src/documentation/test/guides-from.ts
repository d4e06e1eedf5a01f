import type { Guide } from '../guide.ts'
import { parseGuide } from '../parse-guide.ts'
import type { GuideSource } from '../ports.ts'

const source: GuideSource = {
  place: '/nowhere',
  path: 'guides',
  name: '',
  group: 'Guides',
  toolkit: null,
  version: '1',
}

/** `{ jobs: '# Jobs …' }` as guides. */
export function guidesFrom(texts: Readonly<Record<string, string>>): Guide[] {
  return Object.entries(texts).map(([name, text]) =>
    parseGuide({ source, name, path: `guides/${name}.md`, text }),
  )
}
