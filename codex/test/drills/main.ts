// F10: node codex/test/drills/main.ts [processes] [edits]
import { editTogether } from './edit-together.ts'

const [processes = '8', edits = '100'] = process.argv.slice(2)
const outcome = await editTogether(Number(processes), Number(edits))
const { lost, refused, commentsKept, seconds, slowestSeconds } = outcome
process.stdout.write(
  `F10  ${processes} processes × ${edits} edits: ${lost.length} lost, ${refused} refused and told, comments ${commentsKept ? 'kept' : 'LOST'}, ${seconds.toFixed(1)} s, slowest edit ${slowestSeconds.toFixed(2)} s\n`,
)
