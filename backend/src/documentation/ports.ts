/** Markdown that is shown as guides: a directory of it, or one file. */
export interface GuideSource {
  /** Absolute. */
  readonly place: string
  /** What quotes call it: `frontend/documentation`, `toolkits/regex/docs`, `sdk/README.md`. */
  readonly path: string
  /** What the names of its guides begin with; of one file the whole name. */
  readonly name: string
  /** For guides that name no group themselves. */
  readonly group: string
  /** The slug of the toolkit that brings it; null for what comes with the product. */
  readonly toolkit: string | null
  /** Another one means other content. */
  readonly version: string
}

export interface GuideSources {
  /** What may be read now. */
  offered(): readonly GuideSource[]
  /** Whether a toolkit is there but disabled, which hides its guides. */
  isDisabled(slug: string): boolean
}

/** A file as it lies there. */
export interface GuideFile {
  readonly source: GuideSource
  /** `frontend/documentation/jobs.md`. */
  readonly path: string
  /** `jobs`; unique among all guides. */
  readonly name: string
  readonly text: string
}
