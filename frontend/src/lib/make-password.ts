/** Without letters that are mistaken for each other; 32 of them, so that every byte is as likely as any other. */
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Five groups of four characters: 100 bits, and easy to read out. */
export function makePassword(): string {
  const characters = [...crypto.getRandomValues(new Uint8Array(20))].map((byte) => alphabet[byte % 32])
  return [0, 4, 8, 12, 16].map((start) => characters.slice(start, start + 4).join('')).join('-')
}

export const shortestPassword = 12
