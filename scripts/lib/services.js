// The databases that some suites need: where they are, and whether they answer.
import { connect as connectTcp } from 'node:net'
import { connect as connectTls } from 'node:tls'
import pg from 'pg'

const PATIENCE_MS = 2000

const services = [
  {
    name: 'PostgreSQL',
    variable: 'TEST_DATABASE_URL',
    usual: 'postgres://postgres:postgres@127.0.0.1:5432/postgres',
    ask: askPostgres,
  },
  { name: 'Redis', variable: 'TEST_REDIS_URL', usual: 'redis://127.0.0.1:6379', ask: askRedis },
]

/**
 * Looks for each service where the environment says, else at its usual place.
 * Resolves to `{ found: { VARIABLE: url }, missing: [{ name, variable, named, why }] }`; `named` is true when the
 * environment gave the address.
 */
export async function findServices(environment) {
  const found = {}
  const missing = []
  await Promise.all(
    services.map(async ({ name, variable, usual, ask }) => {
      const named = Boolean(environment[variable])
      const url = environment[variable] || usual
      try {
        await ask(url)
        found[variable] = url
      } catch (error) {
        missing.push({ name, variable, named, why: reason(error) })
      }
    }),
  )
  return { found, missing }
}

async function askPostgres(url) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS })
  try {
    await client.connect()
    await client.query('select 1')
  } finally {
    await client.end()
  }
}

function askRedis(url) {
  const { protocol, hostname, port, username, password } = new URL(url)
  const connect = protocol === 'rediss:' ? connectTls : connectTcp
  const greeting = password ? `AUTH ${username || 'default'} ${password}\r\nPING\r\n` : 'PING\r\n'
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port || 6379) }, () => socket.write(greeting))
    let answer = ''
    socket.setTimeout(PATIENCE_MS, () =>
      socket.destroy(new Error(`no answer within ${PATIENCE_MS / 1000} s`)),
    )
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('the connection was closed')))
    socket.on('data', (chunk) => {
      answer += chunk
      const refusal = /^-(.*)\r\n/m.exec(answer)
      if (refusal) reject(new Error(refusal[1]))
      if (answer.includes('+PONG')) resolve()
      if (refusal || answer.includes('+PONG')) socket.destroy()
    })
  })
}

/** A refused connection to a name with several addresses arrives as an AggregateError without a message. */
function reason(error) {
  return error.message || error.errors?.map(({ message }) => message).join('; ') || error.code || 'no answer'
}
