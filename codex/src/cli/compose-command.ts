import type { Command } from 'commander'
import { refuse } from '../kernel/errors.ts'
import { readTyped } from '../runbooks/read-inputs.ts'
import type { TaskDefinition } from '../tasks/task.ts'
import type { CommandLine, CommonOptions } from './command-line.ts'
import { type FactsOptions, factsFrom, withFacts } from './facts-from.ts'

type ComposeOptions = CommonOptions &
  FactsOptions & {
    persona: string
    task: string
    input?: string[]
    output?: string
    force?: boolean
    pullRequest?: string
  }

/** `prompt compose`: a prompt from persona, task and present state. */
export function composeCommand(line: CommandLine): Command {
  const { define, run, connector, deps } = line
  const several = (value: string, before: string[] = []) => [...before, value]
  return withFacts(define('compose', 'build a prompt from a persona, a task and the present state'))
    .requiredOption(
      '--persona <slug>',
      "who is to do it (`personas list`); a toolkit's holds a dot, and its Toolbox is asked",
    )
    .requiredOption('--task <slug>', 'what is to be done (`tasks list`)')
    .option('--input <name=value>', 'an input of the task; repeatable', several)
    .option('--pull-request <name>', 'the pull request that adds it, such as #12')
    .option('--output <file>', 'write it there, such as ai/prompts/inspect-failed-jobs.md')
    .option('--force', 'with --output: replace a file that says something else')
    .action((options: ComposeOptions) =>
      run(options, async () => {
        const [{ composePrompt }, { promptContext }, { seekWorkspace }, { requireTaskDefinition }, toolkits] =
          await Promise.all([
            import('../prompts/compose-prompt.ts'),
            import('../prompts/prompt-context.ts'),
            import('../workspace/workspace.ts'),
            import('../tasks/load-tasks.ts'),
            import('./toolkit-task.ts'),
          ])
        const connect = connector(options.url)
        const { persona, pullRequest } = options
        const added = await toolkits.namedOfToolkits(persona, options.task, connect)
        // What only a Toolbox knows is composed from what that Toolbox is.
        const live = options.live || (added && options.facts === undefined)
        const facts = await factsFrom({ ...options, ...(live && { live }) }, connect)
        const context = promptContext(seekWorkspace(deps.cwd), facts, added && [added])
        const task = requireTaskDefinition(context.library.tasks, options.task)
        const inputs = Object.fromEntries((options.input ?? []).map((each) => inputFrom(each, task)))
        const composed = await composePrompt(
          { persona, task: options.task, inputs, ...(pullRequest !== undefined && { pullRequest }) },
          context,
        )
        for (const id of composed.notOffered)
          deps.stderr.write(`The Toolbox does not offer ${id}; the prompt says so.\n`)
        if (options.output === undefined) return { data: composed, text: composed.text }
        await save(options.output, composed.text, deps.cwd, options.force === true)
        return { data: composed, text: `Wrote ${options.output}, ${composed.digest}.` }
      }),
    )
}

function inputFrom(given: string, task: TaskDefinition): [string, unknown] {
  const at = given.indexOf('=')
  if (at < 1) throw refuse('bad_input', `Write --input name=value instead of \`${given}\`.`)
  const input = task.inputs[given.slice(0, at)]
  const value = given.slice(at + 1)
  return [given.slice(0, at), input ? readTyped(input, value) : value]
}

async function save(file: string, text: string, cwd: string, force: boolean): Promise<void> {
  const [{ readIfThere, replaceFile }, { resolve }] = await Promise.all([
    import('../workspace/files.ts'),
    import('node:path'),
  ])
  const path = resolve(cwd, file)
  const there = readIfThere(path)
  if (there === text) return
  if (there !== undefined && !force) {
    throw refuse(
      'changed_meanwhile',
      `${file} is there and says something else. Compare them, then add --force to replace it.`,
    )
  }
  replaceFile(path, text)
}
