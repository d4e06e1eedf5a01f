/** Offers texts, one after the other, as a file to keep. */
export function saveText(file: string, text: string | readonly string[], type = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob([text].flat(), { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = file
  link.click()
  URL.revokeObjectURL(url)
}
