/** Every code that `prompt check` reports: what it means, and a text that has it. */
export const promptCodes = {
  not_utf8: ['The file is not text in UTF-8.', 'bytes of another encoding'],
  control_character: ['A control character stands in the text.', 'a NUL byte'],
  merge_conflict: ['A merge was left unfinished.', '`<<<<<<< HEAD`'],
  unclosed_fence: [
    'A code block never ends, so later sections are part of it.',
    '```` ```sh ```` and no end',
  ],
  front_matter_missing: ['The prompt does not begin with front matter.', '`# Title` as the first line'],
  'yaml_*': ["The front matter is no plain YAML. The rest of the code is the parser's.", '`persona: "sre`'],
  persona_missing: ['The front matter names no persona.', 'no `persona:`'],
  persona_unknown: ['There is no such persona.', '`persona: hero`'],
  task_unknown: ['There is no such task.', '`task: sing`'],
  task_not_for_persona: [
    'A step of the task is one that the persona may not take.',
    '`task: add-operator` for the curator',
  ],
  origin_missing: ['A prompt that a repository adds does not say where it comes from.', 'no `origin:`'],
  origin_malformed: ['Its origin has not the form of one.', '`origin: here`'],
  origin_path_missing: ['Its origin names a file that is not there.', '`origin: { docs: [gone.md] }`'],
  origin_no_code: [
    'The prompt is of no task, and its origin names no code.',
    '`origin: { docs: [README.md] }`',
  ],
  origin_no_pull_request: [
    'Its origin names no pull request. A hint, since it has none before it is proposed.',
    '`origin` without `pullRequest:`',
  ],
  input_missing: [
    'The task needs an input that Inputs does not declare.',
    'no bullet `jobId` for `retry-or-cancel-job`',
  ],
  input_unknown: [
    'The front matter gives an input that the task does not have.',
    '`inputs: { colour: red }`',
  ],
  input_invalid: ['An input in the front matter does not fit its type.', '`inputs: { action: explode }`'],
  input_undeclared: ['A placeholder is used that Inputs does not declare.', '`{{until}}`'],
  digest_malformed: ['The pinned digest has not the form of one.', '`digest: abc`'],
  digest_stale: ['The text was changed after its digest was pinned.', 'an edit below `digest: sha256:…`'],
  section_missing: ['A section of the checklist is missing.', 'no `## Safety`'],
  section_repeated: ['A section stands there twice.', '`## Roles` twice'],
  section_empty: ['A section says nothing.', '`## Roles` and no text'],
  environment_no_sign_in: [
    'Environment does not say how the agent is signed in.',
    'no word of a token or session',
  ],
  environment_no_names: ['Environment names no environment name.', 'no `TOOLBOX_URL`'],
  role_not_named: ['Roles leaves out a role that the persona needs.', 'no `toolkit.user`'],
  roles_no_fallback: ['Roles does not say what to do when one is missing.', '`toolkit.user` and no more'],
  inputs_no_check: ['Inputs does not say how they are checked.', '`` `since`: a time ``'],
  outputs_no_target: ['Outputs names no page to look at.', 'no `/jobs`'],
  safety_no_confirmation: ['Safety asks nobody before something destructive.', 'no word of confirming'],
  safety_no_placeholder: ['Safety forgets the placeholder.', 'no word of it'],
  safety_no_specifiers: ['Safety forgets to log retries as local or remote.', 'no word of them'],
  observability_no_figures: ['Observability names no figure of queue or broker.', 'no queue depth'],
  observability_no_place: ['Observability links neither the Jobs page nor the runtime log.', 'no `/jobs`'],
  route_unknown: ['There is no such page.', '`/tasks`'],
  api_route_unknown: ['The API has no such route.', '`GET /api/tasks`'],
  environment_name_unknown: ['Nobody reads this environment name.', '`TOOLBOX_URI`'],
  role_unknown: ['There is no such role.', '`toolkit.king`'],
  toolkit_unknown: ['There is no such toolkit.', '`/toolkits/regexp`'],
  toolkit_disabled: [
    'The toolkit is disabled, so its operations are refused.',
    '`regex.match` while it is disabled',
  ],
  operation_unknown: ['There is no such operation.', '`jobs.steal`'],
  operation_input_unknown: [
    'The operation has no such input.',
    '`toolbox call jobs.get --input \'{"id":1}\'`',
  ],
  operation_forbidden: ['The persona may not call it.', '`users.list` for the orchestrator'],
  operation_role_missing: ["The persona's roles do not suffice for it.", 'an operation for superusers'],
  effect_wrong: ['The effect in brackets is not the one that the operation has.', '`jobs.cancel` (read)'],
  destructive_unguarded: [
    'A destructive operation is named, and Safety lists it under neither approval points nor forbidden operations.',
    '`toolkits.uninstall` in a step',
  ],
  destructive_called_safe: [
    'A destructive operation stands among the safe commands.',
    '`secrets.remove` below `### Safe commands`',
  ],
  secret_in_prompt: ['This looks like a secret.', '`password: hunter2hunter2`'],
} as const satisfies Record<string, readonly [meaning: string, example: string]>

export type PromptCode = keyof typeof promptCodes

/** The row of a code; those of the YAML parser share one. */
export function meaningOf(code: string): string | undefined {
  const key = code.startsWith('yaml_') ? 'yaml_*' : code
  return (promptCodes as Record<string, readonly [string, string]>)[key]?.[0]
}

/** The table of all codes, as the documentation shows it. */
export function renderCodes(): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|')
  const rows = Object.entries(promptCodes).map(
    ([code, [meaning, example]]) => `| \`${code}\` | ${cell(meaning)} | ${cell(example)} |`,
  )
  return ['| code | means | for example |', '| --- | --- | --- |', ...rows].join('\n')
}
