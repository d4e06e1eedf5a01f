import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core'
import type { User } from '@sre-toolbox/contract/identity'
import { CircleUser, LogOut, Monitor, Moon, ScrollText, Search, Sun, UserCog } from 'lucide-react'
import { Link } from 'react-router'
import { LiveLight } from './LiveLight.tsx'
import { paletteKeys } from './palette-keys.ts'
import { useSignOut } from './use-sign-out.ts'

const schemes = [
  { value: 'light', title: 'Light', icon: Sun },
  { value: 'dark', title: 'Dark', icon: Moon },
  { value: 'auto', title: 'As the system', icon: Monitor },
] as const

export function TopBar(props: { user: User; isLive: boolean; onSearch: () => void }) {
  const { user, isLive, onSearch } = props
  const signOut = useSignOut()
  return (
    <header className="top-bar">
      <button type="button" className="search-button" onClick={onSearch}>
        <Search size={14} aria-hidden="true" />
        <span>Search or jump to…</span>
        <kbd>{paletteKeys}</kbd>
      </button>
      <div className="row push">
        {isLive && <LiveLight />}
        <SchemeMenu />
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <ActionIcon aria-label={`Account of ${user.displayName}`} size="lg">
              <CircleUser size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>
              {user.displayName}
              <br />
              {user.superuser ? 'superuser' : user.roles.join(', ') || 'no role'}
            </Menu.Label>
            <Menu.Item component={Link} to="/account" leftSection={<UserCog size={14} />}>
              Your account
            </Menu.Item>
            <Menu.Item component="a" href="/api/docs" leftSection={<ScrollText size={14} />}>
              API reference
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item leftSection={<LogOut size={14} />} onClick={signOut}>
              Sign out
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </header>
  )
}

function SchemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const Current = schemes.find(({ value }) => value === colorScheme)?.icon ?? Monitor
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label="Light or dark" size="lg">
          <Current size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {schemes.map(({ value, title, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={14} />}
            onClick={() => setColorScheme(value)}
            {...(value === colorScheme && { 'aria-current': true })}
          >
            {title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
