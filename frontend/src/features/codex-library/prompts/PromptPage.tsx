import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { Failure, Loading } from '../../../components/states.tsx'
import { useApp } from '../../../lib/app-context.ts'
import { PromptStudio } from './PromptStudio.tsx'
import { promptQuery } from './prompt-queries.ts'

/** One prompt of a workspace in the studio. */
export function PromptPage() {
  const { workspaceId = '', name = '' } = useParams()
  const { api } = useApp()
  const { data, error, refetch } = useQuery(promptQuery(api, workspaceId, name))
  if (!data && error) {
    return (
      <>
        <Failure error={error} what={`The prompt ${name} can't be shown`} retry={() => void refetch()} />
        <p className="prompt-lost">
          <Link to={`/codex/workspaces/${workspaceId}/prompts`}>All prompts of the workspace</Link>
        </p>
      </>
    )
  }
  if (!data) return <Loading what="the prompt" lines={10} />
  return <PromptStudio key={`${workspaceId}/${name}`} workspaceId={workspaceId} stored={data.prompt} />
}
