import { describe, expect, test } from 'vitest'
import { scratch } from '../../test/scratch.ts'
import { checkFiles } from '../doctor/check-files.ts'
import { loadLibrary } from '../library/load-library.ts'
import { playbookPath } from '../library/paths.ts'
import { workspaceAt } from '../workspace/workspace.ts'
import { playbookOf } from './write-playbook.ts'

const addition = `slug: count-jobs
title: Count jobs
group: monitoring
persona: sre-orchestrator
routes: [/jobs]
steps: [{ id: count, title: Count, operation: jobs.counts }]
success: [It is counted.]
`
const origin = 'origin: { pullRequest: "#12", docs: [docs/count.md], code: [src/count.ts] }\n'

describe('the playbook', () => {
  test('is rendered from the data: memory, workflow, principles, personas, prompts, tasks', () => {
    using place = scratch()
    const { text, drifted } = playbookOf(workspaceAt(place.root), true)
    expect(drifted).toBe(true)
    expect(place.read(playbookPath)).toBe(text)
    const headings = text.match(/^##+ .*/gm)
    expect(headings).toEqual([
      '## Memory',
      '## Workflow',
      '## Principles',
      '## Personas',
      '## Prompts',
      '### Checklist',
      '## Tasks',
      '### Monitoring and response',
      '### Toolkits',
      '### Users and sign-in',
      '### Documentation',
      '### Runtime diagnostics',
      '## Extending',
    ])
    for (const { name, scope } of loadLibrary(undefined).personas) {
      expect(text).toContain(`| **${name}** `)
      expect(text).toContain(scope)
    }
    for (const { title } of loadLibrary(undefined).tasks) expect(text).toContain(title)
  })

  test('has drifted when someone edits it, and not otherwise', () => {
    using place = scratch()
    const workspace = workspaceAt(place.root)
    playbookOf(workspace, true)
    expect(playbookOf(workspace, false).drifted).toBe(false)
    place.write(playbookPath, `${place.read(playbookPath)}more\n`)
    expect(playbookOf(workspace, false).drifted).toBe(true)
  })

  test('is part of what check looks at', async () => {
    using place = scratch()
    const workspace = workspaceAt(place.root)
    playbookOf(workspace, true)
    expect(await checkFiles(workspace)).toEqual([])
    place.write('ai/tasks/count.yaml', addition)
    expect(await checkFiles(workspace)).toMatchObject([{ code: 'origins_invalid', severity: 'error' }])
    place.write('ai/tasks/count.yaml', addition + origin)
    for (const path of ['docs/count.md', 'src/count.ts']) place.write(path, '')
    expect(await checkFiles(workspace)).toMatchObject([{ code: 'playbook_drifted', file: playbookPath }])
  })

  test('holds what the repository adds', () => {
    using place = scratch({
      'ai/tasks/count.yaml': addition + origin,
      'docs/count.md': '',
      'src/count.ts': '',
    })
    expect(playbookOf(workspaceAt(place.root), false).text).toContain(
      '**Count jobs** (`count-jobs`, sre-orchestrator): `jobs.counts`',
    )
  })
})

describe('what a repository adds', () => {
  test.each([
    ['names no origin', addition, /count-jobs: say where it comes from/],
    [
      'names files that are not there',
      addition + origin,
      /origin names docs\/count\.md[\s\S]*src\/count\.ts, which is not there/,
    ],
  ])('is refused when it %s', (_what, text, expected) => {
    using place = scratch({ 'ai/tasks/count.yaml': text })
    expect(() => loadLibrary(workspaceAt(place.root))).toThrow(expected)
  })
})
