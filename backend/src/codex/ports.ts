export interface RegisteredWorkspace {
  readonly id: string
  readonly name: string
  /** Absolute, without links. */
  readonly directory: string
  readonly addedBy: { readonly id: string | null; readonly name: string }
  /** Milliseconds. */
  readonly addedAt: number
}

/** Which directories are workspaces; what is in them is in their files. */
export interface WorkspaceStore {
  /** By name. */
  list(): Promise<RegisteredWorkspace[]>
  find(id: string): Promise<RegisteredWorkspace | null>
  /** False when its name or its directory is taken. */
  add(workspace: RegisteredWorkspace): Promise<boolean>
  /** False when there is none of that id. */
  remove(id: string): Promise<boolean>
}
