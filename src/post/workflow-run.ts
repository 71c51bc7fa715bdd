import * as v from 'valibot'

/** The run whose report is posted, as GitHub tells it: nothing of this comes from the pull request's code. */
export type WorkflowRun = {
  readonly headSha: string
  /** `owner:branch`, as the API finds pull requests by it. */
  readonly head: string
  readonly name?: string
  readonly url?: string
}

const EVENT = v.object({
  workflow_run: v.object({
    head_sha: v.pipe(v.string(), v.regex(/^[0-9a-f]{40,64}$/)),
    head_branch: v.string(),
    head_repository: v.object({ owner: v.object({ login: v.string() }) }),
    name: v.optional(v.string()),
    html_url: v.optional(v.string()),
  }),
})

/** The event `workflow_run`; `undefined` for any other. */
export function readWorkflowRun(event: string | undefined): WorkflowRun | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), EVENT), event)
  if (!parsed.success) return undefined
  const { head_sha, head_branch, head_repository, name, html_url } = parsed.output.workflow_run
  return {
    headSha: head_sha,
    head: `${head_repository.owner.login}:${head_branch}`,
    ...(name === undefined ? {} : { name }),
    ...(html_url === undefined ? {} : { url: html_url }),
  }
}
