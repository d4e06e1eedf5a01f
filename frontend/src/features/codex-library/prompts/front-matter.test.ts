import { describe, expect, it } from 'vitest'
import { bodyOf, pinDigest } from './front-matter.ts'

describe('the front matter of a prompt', () => {
  it('is not part of what is read', () => {
    expect(bodyOf('---\npersona: a\n---\n# Title\n---\nmore\n')).toBe('# Title\n---\nmore\n')
    expect(bodyOf('# Title\n')).toBe('# Title\n')
  })
  it('gets the digest, or another one in the place of the old', () => {
    expect(pinDigest('---\npersona: a\n---\nText\n', 'sha256:1')).toBe(
      '---\npersona: a\ndigest: sha256:1\n---\nText\n',
    )
    expect(pinDigest('---\ndigest: old\npersona: a\n---\ndigest: stays\n', 'sha256:1')).toBe(
      '---\ndigest: sha256:1\npersona: a\n---\ndigest: stays\n',
    )
  })
  it('keeps the line ends of the file', () => {
    expect(pinDigest('---\r\na: b\r\n---\r\n', 'sha256:1')).toBe('---\r\na: b\r\ndigest: sha256:1\r\n---\r\n')
  })
  it('has to be there for a digest to be pinned', () => {
    expect(pinDigest('# Title\n', 'sha256:1')).toBeNull()
  })
})
