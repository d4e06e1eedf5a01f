import { describe, expect, test } from 'vitest'
import { installedFacts } from '../../test/installed-facts.ts'
import { decodeText } from '../text/read-text.ts'
import { checkPrompt, type PromptContext } from './check-prompt.ts'
import { promptCodes, renderCodes } from './codes.ts'
import { pinDigest } from './digest.ts'
import type { Facts } from './facts.ts'
import { promptContext } from './prompt-context.ts'

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

const facts = installedFacts()
const context = promptContext(undefined, facts)

async function check(text: string | Buffer, known: Facts = facts, more: Partial<PromptContext> = {}) {
  const decoded = decodeText(Buffer.from(text as string), 'jobs.md')
  const found = [...decoded.findings]
  if (found.length === 0)
    found.push(...(await checkPrompt(decoded.text, 'jobs.md', { ...context, facts: known, ...more })))
  return found.map((each) => `${each.line}:${each.column} ${each.code}`)
}

test('a sound prompt has no findings', async () => {
  expect(await check(sound)).toEqual([])
  expect(await check(`\ufeff${sound.replaceAll('\n', '\r\n')}`)).toEqual([])
})

const without = (heading: string) => sound.replace(new RegExp(`## ${heading}\\n[\\s\\S]*?(?=\\n## |$)`), '')
const emptied = (heading: string) =>
  sound.replace(new RegExp(`(## ${heading}\\n)[\\s\\S]*?(?=\\n## |$)`), '$1')

/** What is wrong, a prompt in which it is, and the finding: with its place, or its code alone. */
const cases: [string, string | Buffer, string][] = [
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
  [
    'which names must be set is not said',
    sound.replace(/; `TOOLBOX_URL`.*/, '.').replace('`TOOLBOX_TOKEN`', 'hand'),
    '10:1 environment_no_names',
  ],
  ['that inputs are not checked', sound.replace('; it must lie in the past', ''), '18:1 inputs_no_check'],
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
  ['of a control character', `${sound}\u0000`, '34:1 control_character'],
  [
    'that its persona may not take the steps of its task',
    sound.replace('inspect-failed-jobs', 'add-operator'),
    '4:1 task_not_for_persona',
  ],
  [
    'that its task needs another input',
    sound.replace('inspect-failed-jobs', 'retry-or-cancel-job'),
    '18:1 input_missing',
  ],
  [
    'that its task has no such input',
    sound.replace('jobs\n---', 'jobs\ninputs: { sience: now }\n---'),
    '5:1 input_unknown',
  ],
  [
    'that an input does not fit',
    sound.replace('inspect-failed-jobs\n---', 'retry-or-cancel-job\ninputs: { action: explode }\n---'),
    '5:1 input_invalid',
  ],
  [
    'that a secret is given by its value',
    sound
      .replace('sre-orchestrator\ntask: inspect-failed-jobs', 'access-steward\ntask: rotate-provider-secret')
      .replace('\n---\n#', '\ninputs: { secret: hunter2 }\n---\n#'),
    '5:1 input_invalid',
  ],
  ['that its digest is none', sound.replace('\n---\n#', '\ndigest: abc\n---\n#'), '5:1 digest_malformed'],
  ['that it is not the text that was pinned', `${pinDigest(sound)}More.\n`, '5:1 digest_stale'],
  [
    'of an API route that is not there',
    sound.replace('`jobs.list`', '`GET /api/tasks`'),
    '8:34 api_route_unknown',
  ],
  [
    'of a toolkit that is not there',
    sound.replace('`/jobs`. Use', '`/toolkits/regexp`. Use'),
    '8:21 toolkit_unknown',
  ],
  ['of a toolkit in words', sound.replace('Use `jobs.list`', 'The toolkit `regexp`'), '8:42 toolkit_unknown'],
  [
    'of a toolkit at the start of a line',
    sound.replace('Use `jobs.list`', 'Toolkit `regexp`'),
    '8:38 toolkit_unknown',
  ],
  [
    'of a toolkit in its front matter',
    sound.replace('\n---\n#', '\ntoolkits: [regexp]\n---\n#'),
    '5:1 toolkit_unknown',
  ],
  [
    "of a disabled toolkit's operation",
    sound.replace('`jobs.list`', '`sleeper.wake`'),
    '8:34 toolkit_disabled',
  ],
  [
    "of a toolkit's operation that is not there",
    sound.replace('`jobs.list`', '`regex.sing`'),
    '8:34 operation_unknown',
  ],
  ['of a slip in an operation', sound.replace('`jobs.list`', '`job.list`'), '8:34 operation_unknown'],
  [
    'of an operation in a command',
    sound.replace('`jobs.list`', '`toolbox call jobs.steal`'),
    '8:47 operation_unknown',
  ],
  [
    'of an input that an operation does not have',
    sound.replace('`jobs.list`', '`toolbox call jobs.list --input \'{"colour":"red"}\'`'),
    '8:47 operation_input_unknown',
  ],
  [
    'of an operation above its roles',
    sound.replace('`jobs.list`', '`regex.tune`'),
    '8:34 operation_role_missing',
  ],
  ['of an effect that is another', sound.replace('`jobs.list`', '`jobs.cancel` (read)'), '8:34 effect_wrong'],
  [
    'that nobody is asked before something is destroyed',
    sound.replace('`jobs.list`', '`regex.wipe`'),
    '8:34 destructive_unguarded',
  ],
  [
    'that what destroys is not safe',
    sound.replace('## Observability', '### Safe commands\n\n- `regex.wipe`\n\n## Observability'),
    '33:4 destructive_called_safe',
  ],
]

describe('a prompt is told', () => {
  test.each(cases)('%s', async (_what, text, expected) => {
    const found = await check(text)
    if (expected.includes(' ')) expect(found).toContain(expected)
    else expect(found.map((each) => each.split(' ')[1])).toContain(expected)
  })
})

describe('is in order', () => {
  const guarded = (heading: string) =>
    sound
      .replace('`jobs.list`', '`regex.wipe`')
      .replace('## Observability', `### ${heading}\n\n- \`regex.wipe\`\n\n## Observability`)

  test.each([
    ['a destructive operation that a person must agree to', guarded('Approval points')],
    ['a destructive operation that is forbidden', guarded('Forbidden operations')],
    [
      'a whole capability that is forbidden',
      sound
        .replace('`jobs.list`', '`regex.wipe`')
        .replace(
          '## Observability',
          '### Forbidden operations\n\n- `regex.*`, `users.*`\n\n## Observability',
        ),
    ],
    ['a prompt pinned to its own digest', pinDigest(sound)],
    [
      'the same with other line ends and blanks',
      pinDigest(sound).replaceAll('\n', ' \r\n').replaceAll('- \r', '-\r'),
    ],
    ['a reference to a secret', `${sound}\nUse secret:providers/okta-production#client_secret.\n`],
    [
      'a dotted name that is no operation',
      sound.replace('`jobs.list`', '`window.location`, `settings.yaml`'),
    ],
  ])('%s', async (_what, text) => expect(await check(text)).toEqual([]))
})

describe('where a prompt of a repository says it comes from', () => {
  const repository = { exists: (path: string) => ['README.md', 'src/queue.ts'].includes(path) }
  const from = (origin: string) => sound.replace('---\n#', `${origin}---\n#`)
  const originOf = (text: string) => check(text, facts, { repository })
  const originCases: [string, string, string[]][] = [
    ['is not said', sound, ['1:1 origin_missing']],
    ['is no origin', from('origin: here\n'), ['5:1 origin_malformed']],
    [
      'names no docs',
      from('origin: { pullRequest: "#1", code: [src/queue.ts] }\n'),
      ['5:1 origin_malformed'],
    ],
    [
      'names files that are not there',
      from('origin: { pullRequest: "#1", docs: [gone.md], code: [src/gone.ts] }\n'),
      ['5:1 origin_path_missing', '5:1 origin_path_missing'],
    ],
    [
      'names no pull request by number or address',
      from('origin: { pullRequest: twelve, docs: [README.md] }\n'),
      ['5:1 origin_malformed'],
    ],
    ['names no pull request', from('origin: { docs: [README.md] }\n'), ['5:1 origin_no_pull_request']],
    [
      'names no code, and the prompt no task',
      from('origin: { pullRequest: "#1", docs: [README.md] }\n').replace(/^task:.*\n/m, ''),
      ['4:1 origin_no_code'],
    ],
  ]
  test.each(originCases)('%s', async (_what, text, expected) =>
    expect(await originOf(text)).toEqual(expected),
  )

  test('is in order with pull request and docs, and code where it is of no task', async () => {
    const named = 'origin: { pullRequest: "#1", docs: [README.md], code: [src/queue.ts] }\n'
    expect(await originOf(from(named))).toEqual([])
    expect(await originOf(from(named).replace(/^task:.*\n/m, ''))).toEqual([])
    expect(await originOf(from('origin: { pullRequest: "#1", docs: [README.md] }\n'))).toEqual([])
  })

  test('is asked of no other prompt', async () => expect(await check(from('origin: here\n'))).toEqual([]))

  test('has a row for each of its codes', async () => {
    const told = await Promise.all(originCases.map(([, text]) => originOf(text)))
    expect([...new Set(told.flat().map((each) => each.split(' ')[1]))].sort()).toEqual(
      Object.keys(promptCodes)
        .filter((code) => code.startsWith('origin_'))
        .sort(),
    )
  })
})

describe('the codes', () => {
  test('are each told by one of the cases above, and none is told that the table leaves out', async () => {
    const told = await Promise.all(cases.map(([, text]) => check(text)))
    const codes = new Set(told.flat().map((each) => each.split(' ')[1] ?? ''))
    const known = new Set([...codes].map((code) => code.replace(/^yaml_.*/, 'yaml_*')))
    const rows = Object.keys(promptCodes).filter((code) => !code.startsWith('origin_'))
    expect([...known].sort()).toEqual(rows.sort())
  })

  test('are documented (write docs/prompt-codes.md anew with `vitest -u`)', async () => {
    await expect(`# What \`toolbox codex prompt check\` reports\n\n${renderCodes()}\n`).toMatchFileSnapshot(
      '../../docs/prompt-codes.md',
    )
  })
})

test('names of toolkits are taken on trust where no installation was asked', async () => {
  const text = sound.replace('`jobs.list`', '`zabbix.find` of `/toolkits/zabbix`')
  expect(await check(text, { ...facts, toolkits: null })).toEqual([])
})

test("a toolkit's task and persona are taken on trust where no Toolbox was asked for what its toolkits add", async () => {
  const text = sound
    .replace(/^task:.*/m, 'task: regex.vet-pattern')
    .replace(/^persona:.*/m, 'persona: regex.tester')
  expect(await check(text)).toEqual([])
  expect(await check(text, { ...facts, toolkits: null })).toEqual([])
  expect(await check(text, facts, { toolkitsAsked: true })).toEqual([
    '3:1 persona_unknown',
    '4:1 task_unknown',
  ])
  expect(await check(text, { ...facts, toolkits: [] })).toEqual(['3:1 persona_unknown', '4:1 task_unknown'])
})

test('the persona is what the installation lets it be', async () => {
  const personas = facts.personas.map((each) => ({ ...each, operations: ['jobs.cancel'] }))
  expect(await check(sound, { ...facts, personas })).toEqual([
    '4:1 task_not_for_persona',
    '4:1 task_not_for_persona',
    '4:1 task_not_for_persona',
    '8:34 operation_forbidden',
  ])
})
