import { execFileSync } from 'node:child_process'

/** Who acts, when nobody says: the environment's word, else the name that git knows, else the user's. */
export function actorName(env: Readonly<Record<string, string | undefined>>, root: string): string {
  return env.TOOLBOX_ACTOR || gitName(root) || env.USER || 'somebody'
}

function gitName(root: string): string {
  try {
    const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore']
    return execFileSync('git', ['config', 'user.name'], { cwd: root, encoding: 'utf8', stdio }).trim()
  } catch {
    return ''
  }
}
