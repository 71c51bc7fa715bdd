/** Runs `docker buildx build`. */
export interface ImageBuilder {
  /**
   * Runs docker with `argv` to its end, telling every line of progress as it comes. `log` is the end of the progress
   * (16 KiB). Rejects with docker-unavailable, or with the signal's reason when the run is cancelled.
   */
  build(
    argv: readonly string[],
    options: {
      readonly env: Readonly<Record<string, string>>
      readonly onLine: (line: string) => void
      /** Ends this build, beside the run's own; `build` then rejects with its reason. */
      readonly signal?: AbortSignal
    },
  ): Promise<{ readonly exitCode: number; readonly log: string }>
}
