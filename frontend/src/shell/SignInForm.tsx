import { Button, PasswordInput, Select, TextInput } from '@mantine/core'
import { listProviders, login, type User } from '@sre-toolbox/contract/identity'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useApp } from '../lib/app-context.ts'

/** `username` is given when a certain person has to sign in again. */
export function SignInForm({ username, onDone }: { username?: string; onDone: (user: User) => void }) {
  const { api } = useApp()
  const { data: providers } = useQuery({
    queryKey: ['providers'],
    queryFn: () => api.call(listProviders, {}, { atOnce: true }),
  })
  const [name, setName] = useState(username ?? '')
  const [password, setPassword] = useState('')
  const [provider, setProvider] = useState('local')
  const signIn = useMutation({
    mutationFn: () => api.call(login, { username: name, password, provider }, { atOnce: true }),
    onSuccess: ({ user }) => onDone(user),
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    signIn.mutate()
  }
  const choices = providers?.items.map((item) => ({ value: item.name, label: item.title })) ?? []
  return (
    <form onSubmit={submit} className="stack">
      {choices.length > 1 && (
        <Select
          label="Sign in with"
          size="sm"
          data={choices}
          value={provider}
          onChange={(value) => setProvider(value ?? 'local')}
        />
      )}
      <TextInput
        label="User name"
        size="sm"
        autoComplete="username"
        autoCapitalize="none"
        required
        withAsterisk={false}
        data-autofocus={username === undefined}
        autoFocus={username === undefined}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <PasswordInput
        label="Password"
        size="sm"
        autoComplete="current-password"
        required
        withAsterisk={false}
        data-autofocus={username !== undefined}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {signIn.error && (
        <p role="alert" className="form-error">
          {signIn.error.message}
        </p>
      )}
      <Button type="submit" size="sm" fullWidth loading={signIn.isPending}>
        Sign in
      </Button>
    </form>
  )
}
