const kinds = [
  { field: 'network', title: 'Network', none: 'none' },
  { field: 'secrets', title: 'Secrets', none: 'those that its settings name' },
  { field: 'environment', title: 'Environment', none: 'none' },
  { field: 'operations', title: 'Operations', none: 'its own' },
] as const

export interface Permission {
  readonly title: string
  readonly names: readonly string[]
  /** What it has when it asks for nothing. */
  readonly none: string
}

/** What a manifest asks for. */
export function permissionsOf(manifest: unknown): Permission[] {
  const asked = (manifest as { permissions?: Partial<Record<string, readonly string[]>> }).permissions ?? {}
  return kinds.map(({ field, title, none }) => ({ title, none, names: asked[field] ?? [] }))
}
