import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadPersonas, ownPersonas } from './load-personas.ts'
import { personaAllows } from './persona.ts'

describe('the personas that come with the package', () => {
  const bySlug = new Map(loadPersonas().map((each) => [each.slug, each]))

  test('are the five of the playbook, with their scopes', () => {
    expect([...bySlug.values()].map((each) => [each.name, each.scope])).toEqual([
      ['Access Steward', 'Authentication providers and user administration.'],
      ['Documentation Guide', 'Operator education and runbooks.'],
      ['SRE Orchestrator', 'Incident response, dashboards, job orchestration.'],
      ['Toolkit Curator', 'Toolkit lifecycle management.'],
      ['Toolkit Runtime Inspector', 'Diagnose module loading issues.'],
    ])
  })

  test.each([
    ['sre-orchestrator', ['/', '/jobs', '/toolkits/:slug']],
    ['toolkit-curator', ['/admin/toolkits', '/toolkits', '/toolkits/:slug/*']],
    ['access-steward', ['/admin/users', '/admin/settings/auth']],
    ['documentation-guide', ['/documentation/*']],
    ['toolkit-runtime-inspector', ['/toolkits/:slug/*', '/admin/runtime']],
  ])('%s enters where its work is', (slug, routes) => {
    expect(bySlug.get(slug)?.entryRoutes).toEqual(routes)
  })

  test('only the curator and the inspector need toolkit.curator, only the steward is a superuser', () => {
    const curators = [...bySlug.values()].filter((each) => each.roles.includes('toolkit.curator'))
    expect(curators.map((each) => each.slug)).toEqual(['toolkit-curator', 'toolkit-runtime-inspector'])
    expect([...bySlug.values()].filter((each) => each.superuser).map((each) => each.slug)).toEqual([
      'access-steward',
    ])
  })

  test.each([
    ['sre-orchestrator', 'jobs.cancel', true],
    ['sre-orchestrator', 'toolkits.install', false],
    ['sre-orchestrator', 'users.create', false],
    ['toolkit-curator', 'toolkits.enable', true],
    ['toolkit-curator', 'jobs.cancel', false],
    ['access-steward', 'authProviders.rotateSecret', true],
    ['access-steward', 'toolkits.disable', false],
    ['documentation-guide', 'documentation.verifyQuotes', true],
    ['documentation-guide', 'jobs.list', false],
    ['toolkit-runtime-inspector', 'diagnostics.compareSpecifiers', true],
    ['toolkit-runtime-inspector', 'toolkits.enable', false],
    ['sre-orchestrator', 'codex.startTask', true],
    ['sre-orchestrator', 'codex.editTask', false],
    ['toolkit-curator', 'codex.moveTask', true],
    ['toolkit-runtime-inspector', 'codex.addTask', true],
    ['documentation-guide', 'codex.readJournal', true],
  ])('%s calling %s: %s', (slug, operation, allowed) => {
    const who = bySlug.get(slug)
    expect(who && personaAllows(who, operation)).toBe(allowed)
  })

  test('none may approve: answers given inside an agent do not count', () => {
    for (const each of bySlug.values()) expect(personaAllows(each, 'approvals.approve')).toBe(false)
  })

  test.each(['addWorkspace', 'removeWorkspace', 'repairWorkspace', 'removeTask', 'answerRun'])(
    'none may call codex.%s: it is for people',
    (verb) => {
      for (const each of bySlug.values()) expect(personaAllows(each, `codex.${verb}`)).toBe(false)
    },
  )

  test('each can read the codex and work on a task from its start to its end', () => {
    const steps = [
      'getBacklog',
      'nextTasks',
      'startTask',
      'noteTask',
      'blockTask',
      'handOverTask',
      'doneTask',
    ]
    for (const each of bySlug.values())
      for (const verb of steps) expect(personaAllows(each, `codex.${verb}`), each.slug).toBe(true)
  })

  test('a pattern covers its own capability and no other that begins alike', () => {
    expect(personaAllows({ operations: ['auth.*'] }, 'authProviders.list')).toBe(false)
    expect(personaAllows({ operations: ['jobs.*'] }, 'jobs')).toBe(false)
  })

  test('the guardrails of the playbook can be checked', () => {
    const checks = (slug: string) => bySlug.get(slug)?.guardrails.map((each) => each.check)
    expect(checks('sre-orchestrator')).toEqual(
      expect.arrayContaining(['job_ids_cited', 'cancellation_confirmed']),
    )
    expect(checks('toolkit-curator')).toEqual(
      expect.arrayContaining(['role_held', 'placeholder_when_missing']),
    )
    expect(checks('access-steward')).toEqual(expect.arrayContaining(['superuser_held', 'change_summarised']))
    expect(checks('documentation-guide')).toEqual(
      expect.arrayContaining(['quotes_exist', 'instructions_quoted']),
    )
    expect(checks('toolkit-runtime-inspector')).toEqual(expect.arrayContaining(['errors_verbatim']))
  })
})

describe('personas that a repository adds', () => {
  let directory = ''
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'personas-'))
  })
  afterEach(() => rmSync(directory, { recursive: true }))

  const valid = `name: Release Captain
slug: release-captain
scope: Releases.
entryRoutes: [/]
roles: [toolkit.user]
superuser: false
operations: [jobs.list]
toolkitEffects: []
guardrails: [{ text: Ask first. }]
`

  test('stand beside the given ones', () => {
    writeFileSync(join(directory, 'captain.yaml'), valid)
    expect(loadPersonas([ownPersonas, directory]).map((each) => each.slug)).toContain('release-captain')
  })

  test('cannot replace a given one', () => {
    writeFileSync(join(directory, 'x.yaml'), valid.replace('release-captain', 'access-steward'))
    expect(() => loadPersonas([ownPersonas, directory])).toThrow(/slug access-steward is taken/)
  })

  test('are refused with every fault at once', () => {
    writeFileSync(join(directory, 'a.yaml'), valid.replace('jobs.list', '"*"'))
    writeFileSync(join(directory, 'b.yaml'), valid.replace('superuser: false', 'superuser: maybe'))
    writeFileSync(join(directory, 'c.yaml'), 'name: [')
    const attempt = () => loadPersonas([directory])
    expect(attempt).toThrow(/a\.yaml[\s\S]*operations/)
    expect(attempt).toThrow(/b\.yaml[\s\S]*superuser/)
    expect(attempt).toThrow(/c\.yaml/)
  })
})
