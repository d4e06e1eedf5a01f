import { randomBytes } from 'node:crypto'

/** A UUIDv7: ids made later sort later. */
export function uuidv7(now: Date, random: Buffer = randomBytes(10)): string {
  const time = now.getTime().toString(16).padStart(12, '0')
  const tail = Buffer.from(random)
  tail.writeUInt8((tail.readUInt8(0) & 0x0f) | 0x70, 0)
  tail.writeUInt8((tail.readUInt8(2) & 0x3f) | 0x80, 2)
  const hex = time + tail.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  )
}
