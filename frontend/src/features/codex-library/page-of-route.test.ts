import { describe, expect, it } from 'vitest'
import { pageOfRoute } from './page-of-route.ts'

const mayOpen = [{ to: '/' }, { to: '/jobs' }, { to: '/toolkits' }]

describe('a route of the library', () => {
  it('leads to its page', () => {
    expect(pageOfRoute('/', mayOpen)).toEqual({ kind: 'open', to: '/' })
    expect(pageOfRoute('/jobs', mayOpen)).toEqual({ kind: 'open', to: '/jobs' })
  })
  it('leads to the list where it needs to know which one', () => {
    expect(pageOfRoute('/jobs/:id', mayOpen)).toEqual({ kind: 'open', to: '/jobs' })
    expect(pageOfRoute('/toolkits/:slug/*', mayOpen)).toEqual({ kind: 'open', to: '/toolkits' })
  })
  it('tells what one may not open from what is not there', () => {
    expect(pageOfRoute('/admin/users', mayOpen)).toEqual({ kind: 'closed' })
    expect(pageOfRoute('/admin/settings/auth', mayOpen)).toEqual({ kind: 'absent' })
  })
})
