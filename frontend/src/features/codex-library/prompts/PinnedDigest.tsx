import { Button } from '@mantine/core'
import { CopyText } from '../../../components/CopyText.tsx'
import { pinDigest } from './front-matter.ts'

/** What tells this text from every other, and whether its front matter says so. */
export function PinnedDigest(props: {
  digest: string
  pinned: string | null
  text: string
  /** Whether the digest is of the text as it is now. */
  isCurrent: boolean
  onPin: (text: string) => void
}) {
  const { digest, pinned, text, isCurrent, onPin } = props
  const withDigest = pinDigest(text, digest)
  return (
    <div className="row wrap small">
      <span className="soft">Digest</span>
      <CopyText text={digest} what="digest" />
      {pinned === digest ? (
        <span className="tag tag-good">pinned</span>
      ) : (
        <>
          <span className="tag tag-warn">{pinned === null ? 'not pinned' : 'another one is pinned'}</span>
          {withDigest !== null && (
            <Button
              size="compact-xs"
              variant="default"
              disabled={!isCurrent}
              onClick={() => onPin(withDigest)}
            >
              Pin this one
            </Button>
          )}
        </>
      )}
    </div>
  )
}
