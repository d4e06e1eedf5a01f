import { StatusMark } from '@sre-toolbox/sdk/ui'

export function Verdict(props: { withinBudget: boolean | null; budgetMs: number | null }) {
  const { withinBudget, budgetMs } = props
  if (withinBudget === null) return <StatusMark tone="mute" shape="dots" word="No budget" />
  if (withinBudget) return <StatusMark tone="good" shape="check" word="Within budget" />
  return (
    <StatusMark tone="bad" shape="cross" word={budgetMs === null ? 'Too many failed' : 'Budget broken'} />
  )
}
