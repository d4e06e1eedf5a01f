import { Command } from 'commander'
import { createCodexCommand } from '../src/cli.ts'
import { CodexError } from '../src/kernel/errors.ts'
import { scratch, smallBacklog } from './scratch.ts'

/** What a Toolbox answers, by operation. */
export type Answers = Readonly<Record<string, (input: Readonly<Record<string, unknown>>) => unknown>>

/**
 * A repository, and the commands in it; with `answers`, signed in to a Toolbox that gives them, and with a `person` at a
 * terminal who answers questions.
 */
export function openRepository(
  files: Record<string, string> = {},
  answers?: Answers,
  person?: (question: string) => string,
) {
  const place = scratch({ 'docs/TODO.yaml': smallBacklog, ...files })
  const asked: string[] = []
  const connected = {
    url: 'https://toolbox.example.org',
    offers: async () => new Set(Object.keys(answers ?? {})),
    call: async (operation: string, input: Readonly<Record<string, unknown>>) => {
      asked.push(operation)
      const answer = answers?.[operation]
      if (answer) return answer(input)
      throw new CodexError('persona_forbids', 'user', `The persona may not call ${operation}.`)
    },
  }
  const toolbox = {
    connect: async () => connected,
    seek: async () => connected,
    interactive: person !== undefined,
    ask: async (question: string) => person?.(question) ?? '',
    onInterrupt: () => () => {},
  }
  const codex = async (...words: string[]) => {
    let [out, err, code] = ['', '', 0]
    const command = createCodexCommand({
      env: {},
      cwd: place.root,
      stdout: { write: (text: string) => (out += text) },
      stderr: { write: (text: string) => (err += text) },
      now: () => 0,
      command: ['toolbox'],
      exitWith: (given) => {
        code = given
      },
      ...(answers && { toolbox }),
    })
    await new Command('toolbox')
      .addCommand(command)
      .exitOverride()
      .parseAsync(['codex', ...words], { from: 'user' })
    return { out, err, code }
  }
  return { ...place, codex, asked, prompt: (...words: string[]) => codex('prompt', ...words) }
}
