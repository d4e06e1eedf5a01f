const main = document.getElementById('operations')
const filter = document.getElementById('filter')
const count = document.getElementById('count')

/** Text goes in as text: nothing of the document is ever taken for markup. */
function element(tag, attributes, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children.filter((child) => child !== null))
  return made
}

function schemaBlock(title, schema) {
  return element('section', {}, element('h3', {}, title), element('pre', {}, JSON.stringify(schema, null, 2)))
}

function typeOf({ type, format, enum: values, anyOf, default: usual, ...rest }) {
  const kind = values ? values.join(' | ') : (type ?? (anyOf ? anyOf.map(typeOf).join(' or ') : 'any'))
  const limits = ['minimum', 'maximum', 'minLength', 'maxLength']
    .filter((name) => name in rest && Math.abs(rest[name]) !== Number.MAX_SAFE_INTEGER)
    .map((name) => `${name} ${rest[name]}`)
  const notes = [format, ...limits, usual === undefined ? null : `default ${JSON.stringify(usual)}`]
  return [kind, ...notes.filter(Boolean)].join(', ')
}

function parameterTable(parameters) {
  const rows = parameters.map((parameter) =>
    element(
      'tr',
      {},
      element('td', {}, element('code', {}, parameter.name)),
      element('td', {}, parameter.in, parameter.required ? ', required' : ''),
      element('td', {}, typeOf(parameter.schema)),
      element('td', {}, parameter.description ?? ''),
    ),
  )
  const head = ['name', 'in', 'type', ''].map((name) => element('th', { scope: 'col' }, name))
  return element(
    'section',
    {},
    element('h3', {}, 'Parameters'),
    element('table', {}, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...rows)),
  )
}

function curl({ method, path, operation }) {
  const lines = [`curl ${location.origin}/api${path}`, "-H 'Authorization: Bearer <API token>'"]
  if (method !== 'GET') lines.splice(1, 0, `-X ${method}`)
  if (operation.requestBody) lines.push("-H 'Content-Type: application/json'", "-d '{ … }'")
  return lines.join(' \\\n  ')
}

function operationDetails(entry) {
  const { operation } = entry
  const { access, effect } = operation['x-toolbox']
  const parts = [element('p', {}, operation.description ?? '', ` Needs: ${access}. Effect: ${effect}.`)]
  if (operation.parameters) parts.push(parameterTable(operation.parameters))
  if (operation.requestBody) {
    parts.push(schemaBlock('Body', operation.requestBody.content['application/json'].schema))
  }
  for (const [status, response] of Object.entries(operation.responses)) {
    for (const [type, { schema }] of Object.entries(response.content ?? {})) {
      parts.push(schemaBlock(`${status} ${type}`, schema))
    }
  }
  parts.push(element('h3', {}, 'With curl'), element('pre', {}, curl(entry)))
  return element('div', {}, ...parts)
}

function operationEntry(entry) {
  const { method, path, operation } = entry
  const { effect } = operation['x-toolbox']
  const details = element(
    'details',
    { id: operation.operationId },
    element(
      'summary',
      {},
      element('code', { class: `method ${effect}` }, method),
      element('code', {}, `/api${path}`),
      element('span', { class: 'title' }, `${operation.summary} · ${operation.operationId}`),
    ),
  )
  details.addEventListener('toggle', () => details.append(operationDetails(entry)), { once: true })
  return details
}

function listOperations(document) {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
}

function draw(entries) {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean)
  const shown = entries.filter(({ path, method, operation }) => {
    const text = `${method} /api${path} ${operation.operationId} ${operation.summary} ${operation.description ?? ''}`
    return words.every((word) => text.toLowerCase().includes(word))
  })
  const byTag = Map.groupBy(shown, ({ operation }) => operation.tags[0])
  main.replaceChildren(
    ...[...byTag].flatMap(([tag, members]) => [element('h2', {}, tag), ...members.map(operationEntry)]),
  )
  count.textContent = `${shown.length} of ${entries.length} operations`
}

async function start() {
  const response = await fetch('/api/openapi.json')
  if (!response.ok) throw new Error(`the server answered ${response.status}`)
  const entries = listOperations(await response.json())
  filter.addEventListener('input', () => draw(entries))
  draw(entries)
  const named = document.getElementById(location.hash.slice(1))
  if (named) {
    named.open = true
    named.scrollIntoView()
  }
}

start().catch((error) => {
  count.textContent = `The reference could not be loaded (${error.message}). Reload the page to try again.`
})
