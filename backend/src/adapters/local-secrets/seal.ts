import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { ToolboxError } from '../../kernel/errors.ts'

const algorithm = 'aes-256-gcm'
const nonceLength = 12
const tagLength = 16

/** What a sealed text is bound to: it opens nowhere else. */
export interface Binding {
  readonly name: string
  readonly version: number
}

/** `v1.<key id>.<nonce, tag and ciphertext>`; the key id tells a wrong key from a damaged text. */
export function seal(masterKey: Buffer, binding: Binding, text: string): string {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv(algorithm, masterKey, nonce, { authTagLength: tagLength })
  cipher.setAAD(associated(binding))
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  const packed = Buffer.concat([nonce, cipher.getAuthTag(), ciphertext])
  return `v1.${keyId(masterKey)}.${packed.toString('base64url')}`
}

/** Throws `unavailable` when the key is another one, or the text was changed or moved. */
export function unseal(masterKey: Buffer, binding: Binding, sealed: string): string {
  const [format, id, packed] = sealed.split('.')
  if (format === 'v1' && id !== keyId(masterKey)) {
    throw new ToolboxError(
      'unavailable',
      `The secret ${binding.name} was sealed with another master key. Start with the TOOLBOX_MASTER_KEY or the master.key file it was stored under, or store the secret again.`,
    )
  }
  try {
    if (format !== 'v1' || packed === undefined) throw new Error('the format is unknown')
    const bytes = Buffer.from(packed, 'base64url')
    const decipher = createDecipheriv(algorithm, masterKey, bytes.subarray(0, nonceLength), {
      authTagLength: tagLength,
    })
    decipher.setAAD(associated(binding))
    decipher.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength))
    const text = decipher.update(bytes.subarray(nonceLength + tagLength), undefined, 'utf8')
    return text + decipher.final('utf8')
  } catch (error) {
    throw new ToolboxError(
      'unavailable',
      `The secret ${binding.name} is damaged: it is not what was sealed. Store it again, or restore a backup.`,
      {},
      error,
    )
  }
}

function keyId(masterKey: Buffer): string {
  return createHmac('sha256', masterKey).update('toolbox master key id').digest('base64url').slice(0, 8)
}

function associated({ name, version }: Binding): Buffer {
  return Buffer.from(JSON.stringify([name, version]))
}
