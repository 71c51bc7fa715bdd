/** The job summary of this step. */
export interface Summary {
  /** Appends Markdown; outside of GitHub Actions there is no summary and nothing is written. */
  write(markdown: string): Promise<void>
}
