import { Select } from '@mantine/core'

/** Whose repository adds to the library; absent where there is none. */
export function WorkspaceSelect(props: {
  workspaces: readonly { readonly id: string; readonly name: string }[]
  value: string | null
  onChange: (id: string | null) => void
}) {
  const { workspaces, value, onChange } = props
  if (workspaces.length === 0) return null
  return (
    <Select
      aria-label="Workspace"
      placeholder="No workspace"
      clearable
      data={workspaces.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={onChange}
    />
  )
}
