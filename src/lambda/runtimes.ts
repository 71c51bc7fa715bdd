/** A managed runtime, as far as checks and comparisons need it. One row per runtime identifier. */
export type Runtime = {
  readonly id: string
  readonly family: 'nodejs' | 'python' | 'java' | 'dotnet' | 'ruby' | 'provided'
  readonly os: 'al2' | 'al2023'
  /** Published image without architecture suffix. */
  readonly baseImage: string
}
