import { expect, test } from 'vitest'
import { editBacklog, requireBacklog } from './edit-backlog.ts'
import { editsToMove } from './move-task.ts'

const file = 'docs/TODO.yaml'
const backlog = `areas:
  - id: jobs
    title: Jobs
    tasks:
      - id: engine
        title: Build the engine
      # The journal said so.
      - id: cron
        title: Run on a schedule
        notes: |
          At night.

          Not at noon.
        dependsOn: [engine] # for now
      - id: logs
        title: Tail the logs
        blockers:
          - task: cron
  - id: web
    title: Web
    tasks:
        - id: board
          title: Show the board
          dependsOn:
            - jobs/cron
  - id: empty
    title: Nothing yet
    tasks: [] # soon
  - id: bare
    title: Not even a list
`

async function moved(to: string, before?: string, source = backlog): Promise<string> {
  const read = await requireBacklog(source, file)
  return editBacklog(source, editsToMove(read.backlog, 'jobs/cron', to, before), file)
}

test('a task moves to another area with its comment and its notes, and references follow', async () => {
  const after = await moved('web', 'board')
  expect(after).toBe(
    backlog
      .replace(/ {6}# The journal[\s\S]*?# for now\n/, '')
      .replace('- task: cron', '- task: web/cron')
      .replace('- jobs/cron', '- web/cron')
      .replace(
        '        - id: board',
        `        # The journal said so.
        - id: cron
          title: Run on a schedule
          notes: |
            At night.

            Not at noon.
          dependsOn: [jobs/engine] # for now
        - id: board`,
      ),
  )
})

test('it moves to the end of an area, to one without tasks, and to one without a list', async () => {
  expect(await moved('web')).toMatch(/- web\/cron\n {8}# The journal[\s\S]*# for now\n {2}- id: empty/)
  expect(await moved('empty')).toMatch(/tasks: # soon\n {6}# The journal said so\.\n {6}- id: cron\n/)
  expect(await moved('bare')).toMatch(/title: Not even a list\n {4}tasks:\n {6}# The journal said so\.\n/)
})

test('the last task of an area leaves an empty list, and Windows line breaks stay', async () => {
  const source = backlog
    .replace(/ {6}- id: engine\n.*\n/, '')
    .replace(/ {6}- id: logs\n[\s\S]*?- task: cron\n/, '')
    .replace(' # for now', '')
    .replace('[engine]', '[]')
  const windows = source.replaceAll('\n', '\r\n')
  const after = await moved('web', undefined, windows)
  expect(after).toContain('    tasks: []\r\n  - id: web')
  expect(after).not.toMatch(/[^\r]\n/)
})

test('it is refused where its id is taken, or where the place is in another area', async () => {
  const taken = backlog.replace('- id: board', '- id: cron')
  await expect(moved('web', undefined, taken)).rejects.toMatchObject({ code: 'duplicate_id' })
  await expect(moved('web', 'jobs/logs')).rejects.toMatchObject({ code: 'other_area' })
  await expect(moved('absent')).rejects.toMatchObject({ code: 'not_found' })
})
