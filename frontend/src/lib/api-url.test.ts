import { afterEach, expect, it, vi } from 'vitest'
import { apiUrl } from './api-url.ts'

afterEach(() => vi.unstubAllEnvs())

it('asks the origin that served the app, unless the build was told of another place', () => {
  expect(apiUrl('/api/jobs')).toBe('/api/jobs')
  vi.stubEnv('VITE_API_BASE_URL', '/toolbox')
  expect(apiUrl('/api/jobs')).toBe('/toolbox/api/jobs')
})
