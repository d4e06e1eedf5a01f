import { Button } from '@mantine/core'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { NeedsAccess } from '../../components/NeedsAccess.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { Scrollable } from '../../components/Scrollable.tsx'
import { SearchText } from '../../components/SearchText.tsx'
import { ShowMore } from '../../components/ShowMore.tsx'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { TableHead } from '../../components/TableHead.tsx'
import { Time } from '../../components/Time.tsx'
import { useNow } from '../../lib/use-now.ts'
import { useRowKeys } from '../../lib/use-row-keys.ts'
import { CreateUser } from './CreateUser.tsx'
import { UserDrawer } from './UserDrawer.tsx'
import { RoleTags, UserState } from './UserState.tsx'
import { useUserList } from './use-users.ts'
import './users.css'

export function UsersPage() {
  return (
    <NeedsAccess access="superuser" title="Users">
      <Users />
    </NeedsAccess>
  )
}

function Users() {
  const [search, setSearch] = useSearchParams()
  const q = search.get('q') ?? ''
  const list = useUserList(q)
  const now = useNow(10_000)
  const rows = useRowKeys<HTMLTableSectionElement>()
  const [creating, setCreating] = useState(false)
  const open = search.get('user')
  const addressOf = (username: string | null) =>
    `?${new URLSearchParams({ ...(q && { q }), ...(username && { user: username }) })}`
  return (
    <>
      <PageHeader
        title="Users"
        note="Who may sign in, and what they may do"
        actions={
          <Button leftSection={<UserPlus size={14} />} onClick={() => setCreating(true)}>
            Add a user…
          </Button>
        }
      />
      <search className="filter-bar">
        <SearchText
          label="Name or e-mail"
          placeholder="Name or e-mail…"
          value={q}
          onChange={(next) => setSearch(next ? { q: next } : {}, { replace: true })}
        />
      </search>
      {list.error && list.users.length === 0 ? (
        <Failure error={list.error} what="The users can't be listed" retry={() => void list.refetch()} />
      ) : list.isPending ? (
        <div className="card">
          <Loading what="users" />
        </div>
      ) : list.users.length === 0 ? (
        <div className="card">
          <Empty title="Nobody is called that">Search for less, or add the user.</Empty>
        </div>
      ) : (
        <Scrollable className="card table-card table-stack" aria-label="Users">
          <table>
            <TableHead columns={['User', 'State', 'Roles', 'Signs in by', 'Last sign-in']} />
            <tbody ref={rows}>
              {list.users.map((user) => (
                <tr key={user.id}>
                  <td>
                    <Link to={addressOf(user.username)} preventScrollReset className="strong-link">
                      {user.displayName}
                    </Link>
                    <p className="small soft">{user.username}</p>
                  </td>
                  <td>
                    <UserState user={user} />
                  </td>
                  <td>
                    <RoleTags user={user} />
                  </td>
                  <td data-label="Signs in by">{user.provider === 'local' ? 'password' : user.provider}</td>
                  <td className="soft" data-label="Last sign-in">
                    {user.lastLoginAt ? <Time at={user.lastLoginAt} now={now} /> : 'never'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrollable>
      )}
      <ShowMore list={list} />
      {creating && <CreateUser onClose={() => setCreating(false)} />}
      {open && (
        <UserDrawer
          key={open}
          username={open}
          onClose={() => setSearch(addressOf(null).slice(1), { replace: true, preventScrollReset: true })}
        />
      )}
    </>
  )
}
