import { useNavigate, useSearchParams } from 'react-router'
import { useApp } from '../lib/app-context.ts'
import { SignInForm } from './SignInForm.tsx'
import './login-page.css'

export function LoginPage() {
  const { queries } = useApp()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  async function enter() {
    await queries.resetQueries()
    await navigate(ownPath(search.get('next')), { replace: true })
  }
  return (
    <main className="login-page">
      <title>Sign in · SRE Toolbox</title>
      <div className="card login-card">
        <img src="/mark.svg" alt="" width="36" height="36" />
        <h1>Sign in to SRE Toolbox</h1>
        <SignInForm onDone={() => void enter()} />
      </div>
      <p className="small soft">Forgotten your password? An administrator can set a new one.</p>
    </main>
  )
}

/** Where to go after the sign-in: never to another site. */
function ownPath(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : '/'
}
