import type { Command } from 'commander'
import { type CommandLine, type CommonOptions, readCount } from './command-line.ts'

/** Commands on the memory as a whole: set up, look, check, repair, merge. */
export function memoryCommands({ define, run, context, deps }: CommandLine): Command[] {
  const init = define('init', 'make this repository a workspace; what is there stays as it is').action(
    (options: CommonOptions) =>
      run(options, async () => {
        const [{ initWorkspace }, { checkFiles }, { workspaceAt }] = await Promise.all([
          import('../init/init-workspace.ts'),
          import('../doctor/check-files.ts'),
          import('../workspace/workspace.ts'),
        ])
        const done = await initWorkspace(deps.cwd, new Date(deps.now()), deps.command)
        const findings = await checkFiles(workspaceAt(done.root))
        const faults = findings.filter(({ severity }) => severity !== 'hint').length
        const lines = [
          ...done.created.map((path) => `created  ${path}`),
          ...done.kept.map((path) => `kept     ${path}`),
          done.mergeDriver
            ? 'git merges these files by meaning in this clone'
            : 'no git here: nothing to set up for merges',
          ...(faults > 0
            ? [
                `${faults} fault${faults === 1 ? '' : 's'} in what was kept; \`toolbox codex check\` lists them`,
              ]
            : []),
        ]
        return { data: { ...done, faults }, text: lines.join('\n') }
      }),
  )

  const check = define('check', 'check the files; exit code 1 when something is wrong').action(
    (options: CommonOptions) =>
      run(options, async () => {
        const [{ checkFiles }, { findingLine }] = await Promise.all([
          import('../doctor/check-files.ts'),
          import('../text/finding.ts'),
        ])
        const findings = await checkFiles((await context(options)).workspace)
        const bad = findings.some((each) => each.severity !== 'hint')
        const text = findings.length === 0 ? 'Everything is in order.' : findings.map(findingLine).join('\n')
        return { data: { ok: !bad, findings }, text, exitCode: bad ? 1 : 0 }
      }),
  )

  const doctor = define(
    'doctor',
    'look for what a crash or a hand edit left; exit code 1 when something is left',
  )
    .option('--repair', 'put it right')
    .action((options: CommonOptions & { repair?: boolean }) =>
      run(options, async () => {
        const { diagnose, diagnosisLines, repair } = await import('../doctor/doctor.ts')
        const { workspace, now } = await context(options)
        const found = options.repair
          ? await repair(workspace, now(), deps.command)
          : await diagnose(workspace)
        const left =
          found.findings.some((each) => each.severity !== 'hint') ||
          (!options.repair && found.ailments.length > 0)
        const lines = diagnosisLines(found, options.repair === true)
        const text = lines.length === 0 ? 'Everything is in order.' : lines.join('\n')
        return { data: { ...found, repaired: options.repair === true }, text, exitCode: left ? 1 : 0 }
      }),
    )

  const status = define('status', 'focus, leases, blockers and progress at a glance').action(
    (options: CommonOptions) =>
      run(options, async () => {
        const [{ readStatus }, { statusText }] = await Promise.all([
          import('../sessions/read-status.ts'),
          import('./status-text.ts'),
        ])
        const codex = await context(options)
        const data = await readStatus(codex)
        return { data, text: statusText(data, codex.now()) }
      }),
  )

  const journal = define('journal', 'show the last entries of the journal')
    .option('-n, --count <n>', 'how many', '3')
    .option('--task <task>', 'only entries of this task')
    .option('--search <text>', 'only entries that hold this text')
    .action((options: CommonOptions & { count: string; task?: string; search?: string }) =>
      run(options, async () => {
        const { readEntries } = await import('../journal/read-entries.ts')
        const { workspace } = await context(options)
        const entries = readEntries(workspace, options).slice(-readCount(options.count))
        const text = entries.map((each) => each.text).join('\n\n')
        return { data: { entries }, text: text === '' ? 'The journal has no such entry.' : text }
      }),
    )

  const pr = define('pr [task]', "print the pull request's body for a task that is done")
    .argument('[task]')
    .action((task: string | undefined, options: CommonOptions) =>
      run(options, async () => {
        const { pullRequestBody } = await import('../sessions/pull-request.ts')
        const body = await pullRequestBody((await context(options)).workspace, task)
        return { data: { body }, text: body }
      }),
    )

  const playbook = define('playbook', 'render ai/ops/codex.md from the personas, the tasks and the workflow')
    .option('--check', 'write nothing; exit code 1 when the file is not what it would be')
    .option('--print', 'print it instead of writing it')
    .action((options: CommonOptions & { check?: boolean; print?: boolean }) =>
      run(options, async () => {
        const [{ playbookOf }, { playbookPath }] = await Promise.all([
          import('../playbook/write-playbook.ts'),
          import('../library/paths.ts'),
        ])
        const { workspace } = await context(options)
        const { text, drifted } = playbookOf(workspace, !options.check && !options.print)
        if (options.print) return { data: { text, drifted }, text }
        const state = options.check ? 'has drifted; `toolbox codex playbook` renders it' : 'was rendered'
        const said = drifted ? `${playbookPath} ${state}.` : `${playbookPath} is what the data says.`
        return {
          data: { path: playbookPath, drifted },
          text: said,
          exitCode: options.check && drifted ? 1 : 0,
        }
      }),
    )

  const mergeDriver = define('merge-driver <base> <ours> <theirs> <path>', 'merge one file for git')
    .argument('<base>')
    .argument('<ours>')
    .argument('<theirs>')
    .argument('<path>')
    .action((base: string, ours: string, theirs: string, path: string, options: CommonOptions) =>
      run(options, async () => {
        const [{ runMergeDriver }, { conflictsLeft }] = await Promise.all([
          import('../merge/merge-driver.ts'),
          import('../merge/install-driver.ts'),
        ])
        const clean = await runMergeDriver({ base, ours, theirs, path })
        return { data: { clean }, text: '', exitCode: clean ? 0 : conflictsLeft }
      }),
    )

  return [init, status, check, doctor, journal, pr, playbook, mergeDriver]
}
