import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, type Stage } from '../stage.ts'
import { type Celery, PEERS_DIRECTORY } from './celery.ts'
import { PYTHON } from './debian-python.ts'

/** A route function may be plain (run in a thread pool) or async; the benchmark takes the faster one. */
export const ROUTE_VARIANTS = ['plain', 'async'] as const
export type RouteVariant = (typeof ROUTE_VARIANTS)[number]

export interface FastApi {
  port: number
}

/** One uvicorn process with its defaults. `rows` is what GET /rows/{plain,async} answers. */
export async function startFastApi(
  stage: Stage,
  celery: Pick<Celery, 'environment'>,
  rows: unknown[],
): Promise<FastApi> {
  const port = await freePort()
  const rowsFile = join(stage.tempDir(), 'rows.json')
  writeFileSync(rowsFile, JSON.stringify(rows))
  const service = stage.start(
    'uvicorn',
    PYTHON,
    ['-m', 'uvicorn', 'fastapi_app:app', '--port', String(port)],
    {
      cwd: PEERS_DIRECTORY,
      env: { ...celery.environment, PEER_ROWS: rowsFile },
    },
  )
  await service.ready(async () => (await fetch(`http://127.0.0.1:${port}/rows/plain`)).ok, 20_000)
  return { port }
}
