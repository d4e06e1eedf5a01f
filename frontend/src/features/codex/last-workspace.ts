const key = 'codex.workspace'

/** Which workspace this browser worked in last. */
export const lastWorkspace = {
  read(): string | null {
    try {
      return localStorage.getItem(key)
    } catch {
      return null
    }
  },
  keep(workspaceId: string): void {
    try {
      localStorage.setItem(key, workspaceId)
    } catch {
      // A browser that keeps nothing opens the first one.
    }
  },
}
