import { stripVTControlCharacters } from 'node:util'

/** Control characters but tab and line feed, and what turns the direction of writing. */
const unseen = /[[\p{Cc}\p{Bidi_Control}\ufeff]--[\t\n]]/gv

/** Text that somebody else wrote, as it may be stored and shown: nothing unseen in it, and cut when it is longer. */
export function cleanText(text: string, longest: number): string {
  const clean = stripVTControlCharacters(text.replace(/\r\n?/g, '\n'))
    .replace(unseen, '')
    .toWellFormed()
    .trim()
  return clean.length > longest ? `${clean.slice(0, longest - 1).toWellFormed()}…` : clean
}
