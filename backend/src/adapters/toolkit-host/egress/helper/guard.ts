import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { failure } from './failure.ts'

/**
 * Addresses at which clouds hand credentials to whoever asks: never connected to, whatever a toolkit declared. The
 * IPv4 forms inside IPv6 (mapped, compatible, NAT64) are the same addresses.
 */
const metadata = new BlockList()
metadata.addSubnet('169.254.0.0', 16, 'ipv4')
metadata.addSubnet('::ffff:169.254.0.0', 112, 'ipv6')
metadata.addSubnet('::169.254.0.0', 112, 'ipv6')
metadata.addSubnet('64:ff9b::169.254.0.0', 112, 'ipv6')
metadata.addAddress('fd00:ec2::254', 'ipv6')
metadata.addAddress('fd20:ce::254', 'ipv6')

/** Throws when the address must not be connected to. */
export function checkAddress(address: string, host: string) {
  if (!metadata.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')) return
  throw failure(
    'validation_failed',
    `${host} is at ${address}, where clouds keep their metadata; toolkits are never let there.`,
    'metadata_address',
  )
}

/** Throws when no pattern (`host:port`, `*` for any) covers the URL, or its host is a forbidden address. */
export function checkUrl(url: URL, allowed: readonly string[]) {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw failure('validation_failed', `${url.protocol}// is not offered; use http or https.`)
  }
  const host = url.hostname.toLowerCase()
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  if (!allowed.some((pattern) => covers(pattern, host, port))) {
    throw failure(
      'validation_failed',
      `The toolkit may not connect to ${host}:${port}; toolkit.json lists what it may under permissions.network.`,
      'host_not_allowed',
    )
  }
  const literal = host.replace(/^\[|\]$/g, '')
  if (isIP(literal)) checkAddress(literal, host)
}

function covers(pattern: string, host: string, port: string): boolean {
  if (pattern === '*') return true
  const colon = pattern.lastIndexOf(':')
  const [patternHost, patternPort] = [pattern.slice(0, colon).toLowerCase(), pattern.slice(colon + 1)]
  return (patternHost === '*' || patternHost === host) && (patternPort === '*' || patternPort === port)
}

/**
 * Name look-up whose answers are checked. The connection is made to the very addresses given back, so a name that
 * resolves differently a moment later gains nothing.
 */
export function guardedLookup(resolve: typeof lookup = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '')
      try {
        for (const { address } of addresses) checkAddress(address, hostname)
      } catch (refusal) {
        return callback(refusal as Error, '')
      }
      if (options.all) return callback(null, addresses)
      const [first] = addresses
      callback(null, first?.address ?? '', first?.family)
    })
  }
}
