/** What is said of a text that has not the shape it needs, as it is typed; nothing is, while there is none. */
export function shapeFault(text: string, shape: string, says: string): string | undefined {
  return text === '' || new RegExp(shape).test(text) ? undefined : says
}
