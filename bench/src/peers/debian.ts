import { execFileSync } from 'node:child_process'

/** Debian's own interpreter: another `python3` that comes first on the PATH does not see Debian's packages. */
export const PYTHON = '/usr/bin/python3'
export const REDIS_SERVER = 'redis-server'

const VERSIONS = `
import platform, celery, redis, fastapi, uvicorn
from importlib.util import find_spec
loop = 'uvloop' if find_spec('uvloop') else 'asyncio'
print(f'Python {platform.python_version()}, Celery {celery.__version__}, redis-py {redis.__version__}, '
      f'FastAPI {fastapi.__version__}, uvicorn {uvicorn.__version__} on {loop}')
`

/** The peers' versions, or an error that says how to install them. */
export function peerVersions(): string {
  try {
    const redis = execFileSync(REDIS_SERVER, ['--version'], { encoding: 'utf8', stdio: 'pipe' })
    const python = execFileSync(PYTHON, ['-c', VERSIONS], { encoding: 'utf8', stdio: 'pipe' })
    return `${python.trim()}, Redis ${/v=(\S+)/.exec(redis)?.[1] ?? '?'}`
  } catch (error) {
    const cause = error instanceof Error ? error.message.trim().split('\n').at(-1) : String(error)
    throw new Error(
      `A peer is missing (${cause}). On Debian or Ubuntu install them with:\n` +
        '  sudo apt-get install python3-celery python3-redis python3-fastapi uvicorn redis-server',
    )
  }
}
