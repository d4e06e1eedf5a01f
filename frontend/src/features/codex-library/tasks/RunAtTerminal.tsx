import type { CodexTask, LibraryOrigin } from '@sre-toolbox/contract/codex/library'
import { CopyText } from '../../../components/CopyText.tsx'
import { terminalCommand } from './terminal-command.ts'

/** A repository's own task: whoever may push there writes it, so it runs with the rights of who runs it in a checkout. */
export function RunAtTerminal(props: {
  task: CodexTask
  origin: Extract<LibraryOrigin, { workspace: string }>
}) {
  const { task, origin } = props
  return (
    <section className="card pad stack-small" aria-label="Run it">
      <h2>Run it at a terminal</h2>
      <p>
        The browser runs what SRE Toolbox and its toolkits bring. A task that the repository of {origin.name}{' '}
        adds runs in a checkout of it:
      </p>
      <p>
        <CopyText text={terminalCommand(task)} what="command" />
      </p>
      <p className="soft">
        It calls this Toolbox as whoever is signed in there, and tells that checkout’s journal.
      </p>
    </section>
  )
}
