/** The stylesheets of one toolkit: they count while its pages are shown. */
export interface Stylesheets {
  use(on: boolean): void
}

/** Resolves when all are loaded, and not yet used; rejects when one can't be. */
export async function addStylesheets(urls: readonly string[]): Promise<Stylesheets> {
  const links = await Promise.all(urls.map(addLink))
  return {
    use(on) {
      for (const { sheet } of links) if (sheet) sheet.disabled = !on
    },
  }
}

function addLink(href: string): Promise<HTMLLinkElement> {
  const known = document.querySelector<HTMLLinkElement>(`link[rel=stylesheet][href="${CSS.escape(href)}"]`)
  if (known?.sheet) return Promise.resolve(known)
  const { promise, resolve, reject } = Promise.withResolvers<HTMLLinkElement>()
  const link = document.createElement('link')
  link.rel = 'stylesheet'
  link.href = href
  link.onload = () => {
    if (link.sheet) link.sheet.disabled = true
    resolve(link)
  }
  link.onerror = () => {
    link.remove()
    reject(new Error(`Its stylesheet ${new URL(href).pathname} could not be loaded.`))
  }
  document.head.append(link)
  return promise
}
