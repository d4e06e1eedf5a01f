import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Secrets by what they are, and the places searched for them, in every form in which one is still a secret told. */
export function createHunt(secrets: ReadonlyMap<string, string>) {
  const found = new Set<string>()
  let bytes = 0

  const forms = [...secrets].flatMap(([name, secret]) =>
    [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      Buffer.from(secret).toString('hex'),
    ].map((form) => ({ name, form: Buffer.from(form) })),
  )

  function search(place: string, content: Buffer): void {
    bytes += content.length
    for (const { name, form } of forms) if (content.includes(form)) found.add(`${name} in ${place}`)
  }

  return {
    search,
    /** Every file below a directory. */
    searchFiles(directory: string): void {
      for (const name of globSync('**', { cwd: directory })) {
        const path = join(directory, name)
        if (statSync(path).isFile()) search(name, readFileSync(path))
      }
    },
    found: () => [...found].sort(),
    bytes: () => bytes,
  }
}
