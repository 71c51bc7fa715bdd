/** A line of the log that GitHub also shows beside the code. */
export type Annotation = {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
  /** Relative to the repository's root; `line` from 1. */
  readonly place?: { readonly file: string; readonly line: number }
}

/** The job log. Text is made safe here: whatever it holds cannot become a workflow command. */
export interface Log {
  info(message: string): void
  warning(message: string): void
  error(message: string): void
  debug(message: string): void
  annotate(annotation: Annotation): void
  /** Runs `work` inside a foldable group. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>
  /** From now on the runner replaces `value` by *** in the log. */
  mask(value: string): void
}
