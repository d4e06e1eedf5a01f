import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, type Stage } from '../stage.ts'
import { type Celery, PEERS_DIRECTORY } from './celery.ts'
import { PYTHON } from './debian.ts'

/** A route may be a plain function (run in a thread pool) or an async one; the benchmark takes the faster one. */
export const ROUTE_VARIANTS = [
  { name: 'plain route', path: '/plain' },
  { name: 'async route', path: '/async' },
] as const

export interface FastApi {
  port: number
}

/** Routes that submit the no-op task to Celery. */
export function startJobRoutes(stage: Stage, celery: Celery): Promise<FastApi> {
  return startUvicorn(stage, 'fastapi_jobs:app', celery.environment)
}

/** Routes that answer with these rows. */
export function startRowRoutes(stage: Stage, rows: unknown[]): Promise<FastApi> {
  const rowsFile = join(stage.tempDir(), 'rows.json')
  writeFileSync(rowsFile, JSON.stringify(rows))
  return startUvicorn(stage, 'fastapi_rows:app', { PEER_ROWS: rowsFile, PYTHONDONTWRITEBYTECODE: '1' })
}

/** One process with uvicorn's defaults. */
async function startUvicorn(stage: Stage, app: string, env: Record<string, string>): Promise<FastApi> {
  const port = await freePort()
  const service = stage.start('uvicorn', PYTHON, ['-m', 'uvicorn', app, '--port', String(port)], {
    cwd: PEERS_DIRECTORY,
    env,
  })
  await service.ready(async () => (await fetch(`http://127.0.0.1:${port}/openapi.json`)).ok, 20_000)
  return { port }
}
