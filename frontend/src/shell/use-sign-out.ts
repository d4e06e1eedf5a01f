import { notifications } from '@mantine/notifications'
import { logout } from '@sre-toolbox/contract/identity'
import { useNavigate } from 'react-router'
import { ApiError } from '../lib/api.ts'
import { useApp } from '../lib/app-context.ts'

export function useSignOut(): () => Promise<void> {
  const { api, queries } = useApp()
  const navigate = useNavigate()
  return async () => {
    try {
      await api.call(logout, {}, { atOnce: true })
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) {
        const message = error instanceof Error ? error.message : String(error)
        notifications.show({ title: 'You are still signed in', message, color: 'red' })
        return
      }
    }
    await navigate('/login')
    queries.clear()
  }
}
