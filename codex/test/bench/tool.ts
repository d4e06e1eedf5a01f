/** Program and arguments. */
export type Command = readonly [string, ...string[]]

/** A tool that keeps a backlog, driven by its own command line on its own files. */
export type Tool = {
  name: string
  version: string
  /** Makes a backlog of so many tasks, all of them waiting, in an empty git repository. */
  prepare(directory: string, tasks: number): void
  /** The smallest command that says that work on a task has begun; tasks count from 1. */
  begin(task: number): Command
  /** What comes nearest to "what is to be done next". */
  next: Command
  /** The numbers of the tasks on which work has begun, by the tool's files; throws when they can't be read. */
  begun(directory: string): Set<number>
}
