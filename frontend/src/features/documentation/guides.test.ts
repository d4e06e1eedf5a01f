import type { GuideSummary } from '@sre-toolbox/contract/documentation'
import { expect, it } from 'vitest'
import { groupsOf, neighboursOf, targetOf } from './guides.ts'

const guide = (name: string, group: string, path: string): GuideSummary => ({
  guide: name,
  title: name,
  summary: '',
  group,
  toolkit: null,
  path,
  address: `/documentation/${name}`,
  pages: [],
})
const guides = [
  guide('overview', 'Start here', 'frontend/documentation/overview.md'),
  guide('jobs', 'Daily work', 'frontend/documentation/jobs.md'),
  guide('first-job', 'Start here', 'frontend/documentation/first-job.md'),
  guide('toolkits/regex', 'Toolkits', 'toolkits/regex/docs/index.md'),
]

it('keeps guides of a group together', () => {
  expect(groupsOf(guides).map(([group, members]) => [group, members.length])).toEqual([
    ['Start here', 2],
    ['Daily work', 1],
    ['Toolkits', 1],
  ])
  expect(neighboursOf(guides, 'first-job')).toMatchObject({
    before: { guide: 'overview' },
    after: { guide: 'jobs' },
  })
  expect(neighboursOf(guides, 'overview').before).toBeUndefined()
  expect(neighboursOf(guides, 'absent').after).toBeUndefined()
})

it.each([
  ['jobs.md', { kind: 'page', address: '/documentation/jobs' }],
  ['jobs.md#cancel-a-job', { kind: 'page', address: '/documentation/jobs#cancel-a-job' }],
  ['../../toolkits/regex/docs/index.md', { kind: 'page', address: '/documentation/toolkits/regex' }],
  ['#states', { kind: 'page', address: '#states' }],
  ['/jobs?status=failed', { kind: 'page', address: '/jobs?status=failed' }],
  ['/api/docs', { kind: 'elsewhere', address: '/api/docs' }],
  ['https://example.org/', { kind: 'elsewhere', address: 'https://example.org/' }],
  ['absent.md', null],
  ['../../../../etc/passwd', null],
  ['//example.org/', null],
  ['data:text/html,x', null],
  ['vbscript:x', null],
  ['%', null],
  ['%E0%A4%A', null],
])('leads from a guide by %s', (href, target) => {
  expect(targetOf(href, 'frontend/documentation/overview.md', guides)).toEqual(target)
})
