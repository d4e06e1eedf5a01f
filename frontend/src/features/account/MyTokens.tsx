import { Button } from '@mantine/core'
import { listTokens, revokeToken, type Token } from '@sre-toolbox/contract/identity'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { ShowMore } from '../../components/ShowMore.tsx'
import { Mark } from '../../components/StatusMark.tsx'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { Time } from '../../components/Time.tsx'
import { useApp } from '../../lib/app-context.ts'
import { useNow } from '../../lib/use-now.ts'
import { CreateToken } from './CreateToken.tsx'

const tokensKey = ['me', 'tokens']

/** What programs and agents sign in with on this person's behalf. */
export function MyTokens() {
  const { api, queries } = useApp()
  const now = useNow(10_000)
  // Who comes from a persona's page wants a token for it.
  const [search] = useSearchParams()
  const persona = search.get('persona')
  const [dialog, setDialog] = useState<'create' | Token | null>(persona === null ? null : 'create')
  const reread = () => queries.invalidateQueries({ queryKey: tokensKey })
  const list = useInfiniteQuery({
    queryKey: tokensKey,
    queryFn: ({ pageParam, signal }) =>
      api.call(listTokens, { limit: 50, ...(pageParam && { cursor: pageParam }) }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })
  const revoke = useMutation({
    mutationFn: ({ id }: Token) => api.call(revokeToken, { tokenId: id }),
    onSuccess: () => setDialog(null),
    onSettled: reread,
  })
  const tokens = list.data?.pages.flatMap(({ items }) => items) ?? []
  function ask(token: Token) {
    revoke.reset()
    setDialog(token)
  }
  return (
    <section className="card" aria-label="Your API tokens">
      <header className="tokens-header">
        <div>
          <h2>Your API tokens</h2>
          <p className="small soft">
            Programs and agents act as you with one, and never do more than you may.
          </p>
        </div>
        <Button className="push" leftSection={<KeyRound size={13} />} onClick={() => setDialog('create')}>
          Make a token…
        </Button>
      </header>
      {list.error && tokens.length === 0 ? (
        <Failure error={list.error} what="Your tokens can't be listed" retry={() => void list.refetch()} />
      ) : list.isPending ? (
        <Loading what="your tokens" />
      ) : tokens.length === 0 ? (
        <Empty title="You have no API token">
          Make one for the command line (<code>toolbox login</code>), a pipeline or an agent.
        </Empty>
      ) : (
        <ul className="tokens">
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} now={now} onRevoke={() => ask(token)} />
          ))}
        </ul>
      )}
      <ShowMore list={list} />
      {dialog === 'create' && (
        <CreateToken persona={persona} onMade={reread} onClose={() => setDialog(null)} />
      )}
      {dialog !== null && dialog !== 'create' && (
        <ConfirmDialog
          opened
          title={`Revoke ${dialog.name}?`}
          confirm="Revoke the token"
          danger
          busy={revoke.isPending}
          error={revoke.error}
          onClose={() => setDialog(null)}
          onConfirm={() => revoke.mutate(dialog)}
        >
          <p>
            Whatever uses <code>{dialog.prefix}…</code> is refused from the next request on. This can’t be
            undone; a new token can be made.
          </p>
        </ConfirmDialog>
      )}
    </section>
  )
}

function TokenRow({ token, now, onRevoke }: { token: Token; now: number; onRevoke: () => void }) {
  const { name, prefix, operations, persona, createdAt, expiresAt, lastUsedAt, revokedAt } = token
  const expired = expiresAt !== null && Date.parse(expiresAt) <= now
  const usable = revokedAt === null && !expired
  return (
    <li>
      <div className="token-words">
        <p className="row wrap">
          <b>{name}</b> <code className="soft">{prefix}…</code>
          {revokedAt !== null ? (
            <Mark tone="mute" shape="slash" word="Revoked" />
          ) : expired ? (
            <Mark tone="mute" shape="clock" word="Expired" />
          ) : null}
        </p>
        <p className="small soft">
          {operations === null ? 'everything you may do' : operations.join(', ')}
          {persona && `, as ${persona}`}
        </p>
        <p className="small soft">
          made <Time at={createdAt} now={now} />
          {' · '}
          {lastUsedAt ? (
            <>
              used <Time at={lastUsedAt} now={now} />
            </>
          ) : (
            'never used'
          )}
          {' · '}
          {revokedAt ? (
            <>
              revoked <Time at={revokedAt} now={now} />
            </>
          ) : expiresAt ? (
            <>
              {expired ? 'expired' : 'expires'} <Time at={expiresAt} now={now} />
            </>
          ) : (
            'never expires'
          )}
        </p>
      </div>
      {usable && (
        <Button
          size="compact-xs"
          variant="default"
          className="push"
          aria-label={`Revoke the token ${name}`}
          onClick={onRevoke}
        >
          Revoke…
        </Button>
      )}
    </li>
  )
}
