/** Reads again on each call, one at a time; calls while it reads make one more reading after it. */
export function createReread(read: () => Promise<unknown>): () => Promise<void> {
  let reading = false
  let again = false
  return async () => {
    again = true
    if (reading) return
    reading = true
    while (again) {
      again = false
      await read()
    }
    reading = false
  }
}
