import { describe, expect, test } from 'vitest'
import { scratch, smallBacklog } from '../../test/scratch.ts'
import { workspaceAt } from '../workspace/workspace.ts'
import { checkPrompts } from './check-prompts.ts'
import { toSarif } from './sarif.ts'

const sound = `---
title: Look after failed jobs
persona: sre-orchestrator
task: inspect-failed-jobs
---
# Look after failed jobs

Begin at \`/\`, then \`/jobs\`. Use \`jobs.list\` for {{since}}.

## Environment

Signed in by the token in \`TOOLBOX_TOKEN\`; \`TOOLBOX_URL\` names the installation.

## Roles

\`toolkit.user\`. Without it, name the missing role and stop.

## Inputs

- \`since\`: a time in ISO 8601; it must lie in the past.

## Outputs

- Every failed job is cited on \`/jobs/:id\`.

## Safety

Ask for confirmation before \`jobs.cancel\`. When a toolkit does not load, use the placeholder, and log retries as
\`local\` or \`remote\`.

## Observability

Watch queue depth and broker keys on \`/jobs\`.
`

async function check(text: string | Buffer, facts?: string) {
  using place = scratch({ 'docs/TODO.yaml': smallBacklog, 'ai/prompts/jobs.md': '' })
  place.write('ai/prompts/jobs.md', text as string)
  const { findings } = await checkPrompts(workspaceAt(place.root), [], facts)
  return findings.map((each) => `${each.line}:${each.column} ${each.code}`)
}

test('a sound prompt has no findings', async () => {
  expect(await check(sound)).toEqual([])
  expect(await check(`\ufeff${sound.replaceAll('\n', '\r\n')}`)).toEqual([])
})

const without = (heading: string) => sound.replace(new RegExp(`## ${heading}\\n[\\s\\S]*?(?=\\n## |$)`), '')
const emptied = (heading: string) =>
  sound.replace(new RegExp(`(## ${heading}\\n)[\\s\\S]*?(?=\\n## |$)`), '$1')

describe('a prompt is told', () => {
  test.each<[string, string | Buffer, string]>([
    ['that it is empty', '', '1:1 front_matter_missing'],
    ['that it has no front matter', sound.replace(/---[\s\S]*?---\n/, ''), '1:1 front_matter_missing'],
    [
      'that its front matter never ends',
      sound.replace('inspect-failed-jobs\n---\n', 'inspect-failed-jobs\n'),
      '1:1 front_matter_missing',
    ],
    [
      'that its front matter is no YAML',
      sound.replace('persona: sre', 'persona: "sre'),
      '3:10 yaml_missing_char',
    ],
    [
      'that its front matter has a tab',
      sound.replace('persona:', 'a:\n\tb: 1\npersona:'),
      '4:1 yaml_tab_as_indent',
    ],
    ['that it names no persona', sound.replace('persona: sre-orchestrator\n', ''), '1:1 persona_missing'],
    ['that there is no such persona', sound.replace('sre-orchestrator', 'hero'), '3:1 persona_unknown'],
    ['that there is no such task', sound.replace('inspect-failed-jobs', 'sing'), '4:1 task_unknown'],
    ...['Environment', 'Roles', 'Inputs', 'Outputs', 'Safety', 'Observability'].flatMap(
      (name): [string, string, string][] => [
        [`that ${name} is missing`, without(name), 'section_missing'],
        [`that ${name} is empty`, emptied(name), 'section_empty'],
      ],
    ),
    ['that a section stands twice', `${sound}\n## Roles\n\nx\n`, '35:1 section_repeated'],
    [
      'how it is signed in is not said',
      sound.replace('Signed in by the token in `TOOLBOX_TOKEN`; ', ''),
      '10:1 environment_no_sign_in',
    ],
    ['that a role is not named', sound.replace('`toolkit.user`', 'Some role'), '14:1 role_not_named'],
    [
      'that there is no fallback',
      sound.replace('Without it, name the missing role and stop', 'Good'),
      '14:1 roles_no_fallback',
    ],
    ['that an input is not declared', sound.replace('{{since}}', '{{until}}'), '8:49 input_undeclared'],
    ['that outputs name no page', sound.replace('on `/jobs/:id`', 'somewhere'), '22:1 outputs_no_target'],
    [
      'that nobody is asked',
      sound.replace('Ask for confirmation before', 'Use'),
      '26:1 safety_no_confirmation',
    ],
    [
      'that the placeholder is forgotten',
      sound.replace('use the placeholder', 'wait'),
      '26:1 safety_no_placeholder',
    ],
    [
      'that specifiers are forgotten',
      sound.replace('`local` or `remote`', 'such'),
      '26:1 safety_no_specifiers',
    ],
    [
      'that no figure is watched',
      sound.replace('queue depth and broker keys', 'things'),
      '31:1 observability_no_figures',
    ],
    ['that no place is linked', sound.replace('keys on `/jobs`', 'keys'), '31:1 observability_no_place'],
    ['of a route that is not there', sound.replace('`/jobs`. Use', '`/tasks`. Use'), '8:21 route_unknown'],
    [
      'of a role that is not there',
      sound.replace('stop.', 'stop, or be `toolkit.king`.'),
      '16:68 role_unknown',
    ],
    [
      'of an environment name that is not there',
      sound.replace('`TOOLBOX_URL`', '`TOOLBOX_URI`'),
      '12:45 environment_name_unknown',
    ],
    [
      'of an operation that is not there',
      sound.replace('`jobs.list`', '`jobs.steal`'),
      '8:34 operation_unknown',
    ],
    [
      'of an operation that its persona may not call',
      sound.replace('`jobs.list`', '`users.list`'),
      '8:34 operation_forbidden',
    ],
    ['of a secret', `${sound}\npassword: hunter2hunter2\n`, '35:1 secret_in_prompt'],
    ['of a code block without an end', `${sound}\n\`\`\`sh\n`, '35:1 unclosed_fence'],
    ['of an unfinished merge', `${sound}<<<<<<< HEAD\n`, '34:1 merge_conflict'],
    ['of bytes that are no text', Buffer.from('---\n\xe9', 'latin1'), '2:1 not_utf8'],
  ])('%s', async (_what, text, expected) => {
    const found = await check(text)
    if (expected.includes(' ')) expect(found).toContain(expected)
    else expect(found.map((each) => each.split(' ')[1])).toContain(expected)
  })
})

test('names can be checked against the facts of an installation', async () => {
  using place = scratch({
    'facts.yaml':
      'routes: ["/*"]\nroles: [toolkit.user]\nenvironment: [TOOLBOX_URL]\noperations: [jobs.cancel]\n',
  })
  expect(await check(sound, `${place.root}/facts.yaml`)).toEqual([
    '8:34 operation_unknown',
    '12:28 environment_name_unknown',
  ])
})

test('findings can be given as SARIF', async () => {
  const finding = {
    code: 'x',
    severity: 'error',
    file: 'a.md',
    line: 2,
    column: 3,
    message: 'M.',
    fix: 'F.',
  } as const
  expect(toSarif([finding])).toMatchObject({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { rules: [{ id: 'x' }] } },
        results: [
          {
            ruleId: 'x',
            level: 'error',
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'a.md' },
                  region: { startLine: 2, startColumn: 3 },
                },
              },
            ],
          },
        ],
      },
    ],
  })
})
