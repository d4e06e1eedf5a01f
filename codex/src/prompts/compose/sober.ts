import { faultOfName } from '../check-names.ts'
import type { Scene } from '../compose-prompt.ts'
import { oneLine } from './words.ts'

/** Words of the library on one line; what they set off as a name and the installation does not have is plain text. */
export function sober(text: string, { facts, granted }: Scene): string {
  return oneLine(text).replace(/`([^`]+)`/g, (whole, name: string) =>
    faultOfName(name, granted, facts) === undefined ? whole : name,
  )
}
