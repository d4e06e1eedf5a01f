import type { GuideFile, GuideSource } from '../ports.ts'

const source: GuideSource = {
  place: '/nowhere',
  path: 'guides',
  name: '',
  group: 'Guides',
  toolkit: null,
  version: '1',
}

/** `{ jobs: '# Jobs …' }` as files. */
export function guideFiles(texts: Readonly<Record<string, string>>): GuideFile[] {
  return Object.entries(texts).map(([name, text]) => ({ source, name, path: `guides/${name}.md`, text }))
}
