import { hash } from 'node:crypto'

/** SHA-256 in hexadecimal. */
export function sha256(text: string | Buffer): string {
  return hash('sha256', text, 'hex')
}
