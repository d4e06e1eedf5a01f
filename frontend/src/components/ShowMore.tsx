import { Button } from '@mantine/core'

/** Below a list that is read page by page; nothing when all of it is there. */
export function ShowMore({ list }: { list: Pages }) {
  if (!list.hasNextPage) return null
  return (
    <div className="show-more">
      <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        Show more
      </Button>
    </div>
  )
}

interface Pages {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  fetchNextPage(): Promise<unknown>
}
