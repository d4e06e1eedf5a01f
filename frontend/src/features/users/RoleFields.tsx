import { Checkbox } from '@mantine/core'
import { type Role, roles } from '@sre-toolbox/contract/roles'

const says: Readonly<Record<Role, string>> = {
  'toolkit.user': 'sees jobs and toolkits, and runs operations',
  'toolkit.curator': 'also enables, disables and sets up toolkits',
  'system.admin': 'also reads the audit log and the state of the system',
}

export interface Rights {
  readonly roles: readonly Role[]
  readonly superuser: boolean
}

export function RoleFields({ value, onChange }: { value: Rights; onChange: (value: Rights) => void }) {
  return (
    <Checkbox.Group
      label="Roles"
      value={[...value.roles]}
      onChange={(chosen) => onChange({ ...value, roles: roles.filter((role) => chosen.includes(role)) })}
    >
      <div className="stack-small role-fields">
        {roles.map((role) => (
          <Checkbox key={role} value={role} label={role} description={says[role]} />
        ))}
        <Checkbox
          label="superuser"
          description="may do everything, also manage users and secrets"
          checked={value.superuser}
          onChange={({ currentTarget }) => onChange({ ...value, superuser: currentTarget.checked })}
        />
      </div>
    </Checkbox.Group>
  )
}
