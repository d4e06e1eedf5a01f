/** The address of an API path; `VITE_API_BASE_URL`, set when the app is built, is for servers that have it elsewhere. */
export function apiUrl(path: string): string {
  return `${import.meta.env.VITE_API_BASE_URL ?? ''}${path}`
}
