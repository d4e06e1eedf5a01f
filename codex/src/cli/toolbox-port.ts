/** A Toolbox that somebody is signed in to. */
export interface ConnectedToolbox {
  readonly url: string
  /** Ids of the operations it offers. */
  offers(): Promise<ReadonlySet<string>>
  /** Runs an operation as who is signed in. A rejection has a `code`, and its message is the Toolbox's own. */
  call(operation: string, input: Readonly<Record<string, unknown>>): Promise<unknown>
}

/** The way from a terminal to a Toolbox, and to the person who sits there. */
export interface ToolboxPort {
  /** Rejects when nobody is signed in there or nothing answers. */
  connect(url: string | undefined): Promise<ConnectedToolbox>
  /** The same, for those who can do without; answers within a moment. */
  seek(url: string | undefined): Promise<ConnectedToolbox | null>
  /** True where a person can be asked. */
  readonly interactive: boolean
  /** Rejects with the code `interrupted` when the person leaves without an answer. */
  ask(question: string): Promise<string>
  /** Calls back on Ctrl-C instead of ending the process, until released. */
  onInterrupt(listener: () => void): () => void
}
