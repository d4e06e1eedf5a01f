/** Whether the probe takes it: what the pattern of the operation's input asks for, too. */
export function isAddress(text: string): boolean {
  return /^https?:\/\/[^/?#@\s]+([/?#]|$)/.test(text) && URL.canParse(text)
}
