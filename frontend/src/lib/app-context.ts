import type { User } from '@sre-toolbox/contract/identity'
import type { QueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { Api } from './api.ts'
import type { Live } from './live.ts'
import type { Session } from './session.ts'

export interface App {
  readonly api: Api
  readonly session: Session
  readonly live: Live
  readonly queries: QueryClient
  /** What `useKept` keeps, by place in the browser's history. */
  readonly kept: Map<string, unknown>
}

export const AppContext = createContext<App | null>(null)
/** The pages that the signed-in user may open, by address. */
export const PagesContext = createContext<readonly { title: string; to: string }[]>([])
export const UserContext = createContext<User | null>(null)

export function useApp(): App {
  const app = useContext(AppContext)
  if (!app) throw new Error('AppContext is missing around this component')
  return app
}

/** The signed-in user; pages inside the shell always have one. */
export function useUser(): User {
  const user = useContext(UserContext)
  if (!user) throw new Error('UserContext is missing around this component')
  return user
}
