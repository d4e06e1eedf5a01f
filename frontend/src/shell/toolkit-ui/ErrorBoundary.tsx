import { Component, type ReactNode } from 'react'

interface Props {
  readonly children: ReactNode
  /** Another value clears the error. */
  readonly of: unknown
  readonly onError: (error: Error) => void
  readonly fallback: (error: Error) => ReactNode
}

interface State {
  readonly of: unknown
  readonly error: Error | null
}

/** Keeps what one toolkit's pages throw from the rest of the shell. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { of: this.props.of, error: null }

  static getDerivedStateFromProps({ of }: Props, state: State): State | null {
    return of === state.of ? null : { of, error: null }
  }

  static getDerivedStateFromError(thrown: unknown): Pick<State, 'error'> {
    return { error: toError(thrown) }
  }

  override componentDidCatch(thrown: unknown) {
    this.props.onError(toError(thrown))
  }

  override render() {
    const { error } = this.state
    return error ? this.props.fallback(error) : this.props.children
  }
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}
