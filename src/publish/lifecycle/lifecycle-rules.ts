import * as v from 'valibot'

const selection = v.object({
  tagStatus: v.string(),
  tagPrefixList: v.optional(v.array(v.string())),
  tagPatternList: v.optional(v.array(v.string())),
  storageClass: v.optional(v.string()),
  countType: v.string(),
  countUnit: v.optional(v.string()),
  countNumber: v.number(),
})
const rule = v.object({
  rulePriority: v.number(),
  description: v.optional(v.string()),
  selection,
  action: v.object({ type: v.string() }),
})

/** A rule of a lifecycle policy (ECR user guide, "Lifecycle policy properties"); words that ECR may add to are plain strings. */
export type LifecycleRule = v.InferOutput<typeof rule>

/** The rules of a policy's JSON, in the order in which they are applied; `undefined` for a text that is no such policy. */
export function lifecycleRules(text: string): readonly LifecycleRule[] | undefined {
  const parsed = v.safeParse(v.object({ rules: v.array(rule) }), json(text))
  return parsed.success ? parsed.output.rules.toSorted((a, b) => a.rulePriority - b.rulePriority) : undefined
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
