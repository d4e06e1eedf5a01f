import { Button, PasswordInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { changePassword } from '@sre-toolbox/contract/identity'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useLocation } from 'react-router'
import { faultAt, faultBeside } from '../../lib/api.ts'
import { useApp } from '../../lib/app-context.ts'
import { shortestPassword } from '../../lib/make-password.ts'

const nothing = { currentPassword: '', newPassword: '' }

export function PasswordForm() {
  const { api, queries } = useApp()
  const [typed, setTyped] = useState(nothing)
  const { currentPassword, newPassword } = typed
  const { hash, key } = useLocation()
  const first = useRef<HTMLInputElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each way that leads here
  useEffect(() => {
    if (hash === '#password') first.current?.focus()
  }, [hash, key])
  const missing = shortestPassword - newPassword.length
  const change = useMutation({
    mutationFn: () => api.call(changePassword, typed),
    onSuccess: async () => {
      setTyped(nothing)
      notifications.show({ title: 'Password changed', message: 'All other sessions of yours have ended.' })
      await queries.invalidateQueries({ queryKey: ['me'] })
    },
  })
  const beside = faultBeside(change.error, Object.keys(nothing))
  function submit(event: FormEvent) {
    event.preventDefault()
    change.mutate()
  }
  return (
    <form className="card pad stack" aria-label="Change your password" onSubmit={submit}>
      <h2>Change your password</h2>
      <PasswordInput
        ref={first}
        label="Current password"
        required
        autoComplete="current-password"
        value={currentPassword}
        error={faultAt(change.error, 'currentPassword')}
        onChange={({ currentTarget }) => setTyped({ ...typed, currentPassword: currentTarget.value })}
      />
      <PasswordInput
        label="New password"
        description={`at least ${shortestPassword} characters; ends all other sessions`}
        required
        autoComplete="new-password"
        value={newPassword}
        error={newPassword !== '' && missing > 0 ? `${missing} more.` : faultAt(change.error, 'newPassword')}
        onChange={({ currentTarget }) => setTyped({ ...typed, newPassword: currentTarget.value })}
      />
      {beside && (
        <p role="alert" className="form-error">
          {beside.message}
        </p>
      )}
      <div>
        <Button type="submit" loading={change.isPending} disabled={currentPassword === '' || missing > 0}>
          Change it
        </Button>
      </div>
    </form>
  )
}
