type Selection = {
  readonly tagStatus: string
  readonly tagPrefixList?: readonly string[]
  readonly tagPatternList?: readonly string[]
  readonly storageClass?: string
  readonly countType: string
  readonly countUnit?: string
  readonly countNumber: number
}

/** A lifecycle policy of these selections, in the order of their priority. */
export function makeLifecyclePolicy(...selections: readonly Selection[]): object {
  return {
    rules: selections.map((selection, index) => ({
      rulePriority: index + 1,
      description: `rule ${index + 1}`,
      selection,
      action: { type: 'expire' },
    })),
  }
}
