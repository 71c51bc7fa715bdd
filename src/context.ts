import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import * as v from 'valibot'

/** The GitHub run as plain data, from the environment and the event file. Outside of Actions most of it is absent. */
export type Context = {
  readonly eventName?: string
  readonly repository?: { readonly owner: string; readonly name: string }
  readonly serverUrl: string
  readonly apiUrl: string
  readonly graphqlUrl: string
  readonly workflow?: string
  /** Path of the workflow in its repository, where that is this one. */
  readonly workflowFile?: string
  readonly actionId: string
  readonly runUrl?: string
  /** Commit that is being built: the pull request's head, else GITHUB_SHA. */
  readonly commit?: string
  readonly pullRequest?: {
    readonly number: number
    readonly isFork: boolean
    readonly headSha: string
    /** GitHub gives this event a token that cannot write: `pull_request` from a fork of a public repository. */
    readonly readOnlyToken: boolean
  }
  /** AWS_REGION, else AWS_DEFAULT_REGION. */
  readonly region?: string
  readonly temporaryDirectory: string
  readonly toolCache: string
  readonly workspace: string
}

type Environment = Readonly<Record<string, string | undefined>>

// Only what is needed of a pull_request event; `head.repo` is null when the fork was deleted.
const EVENT = v.object({
  repository: v.optional(v.object({ private: v.optional(v.boolean()) })),
  pull_request: v.object({
    number: v.number(),
    head: v.object({ sha: v.string(), repo: v.nullish(v.object({ full_name: v.string() })) }),
  }),
})

/** Reads the run from its environment; `readText` gives the event file, `undefined` when it is not there. Never rejects. */
export async function readContext(
  environment: Environment,
  readText: (path: string) => Promise<string | undefined>,
): Promise<Context> {
  const set = given(environment)
  const [owner, name] = (set('GITHUB_REPOSITORY') ?? '').split('/')
  const repository = owner && name ? { owner, name } : undefined
  const serverUrl = set('GITHUB_SERVER_URL') ?? 'https://github.com'
  const apiUrl = set('GITHUB_API_URL') ?? 'https://api.github.com'
  const runId = set('GITHUB_RUN_ID')
  const eventName = set('GITHUB_EVENT_NAME')
  const eventPath = set('GITHUB_EVENT_PATH')
  const event = eventPath === undefined ? undefined : await readText(eventPath).catch(() => undefined)
  const pullRequest = readPullRequest(event, eventName, set('GITHUB_REPOSITORY'))
  return {
    serverUrl,
    apiUrl,
    graphqlUrl: graphqlUrl(apiUrl, set('GITHUB_GRAPHQL_URL')),
    actionId: set('GITHUB_ACTION') ?? 'local',
    temporaryDirectory: set('RUNNER_TEMP') ?? tmpdir(),
    toolCache: set('RUNNER_TOOL_CACHE') ?? set('XDG_CACHE_HOME') ?? join(homedir(), '.cache'),
    workspace: set('GITHUB_WORKSPACE') ?? resolve('.'),
    ...optional('eventName', eventName),
    ...optional('repository', repository),
    ...optional('workflow', set('GITHUB_WORKFLOW')),
    ...optional('workflowFile', workflowFile(set('GITHUB_WORKFLOW_REF'), set('GITHUB_REPOSITORY'))),
    ...optional(
      'runUrl',
      repository && runId ? `${serverUrl}/${repository.owner}/${repository.name}/actions/runs/${runId}` : undefined,
    ),
    ...optional('commit', pullRequest?.headSha ?? set('GITHUB_SHA')),
    ...optional('pullRequest', pullRequest),
    ...optional('region', set('AWS_REGION') ?? set('AWS_DEFAULT_REGION')),
  }
}

/** `octo/shop/.github/workflows/ci.yml@refs/heads/main`. */
function workflowFile(reference: string | undefined, repository: string | undefined): string | undefined {
  const [path = ''] = reference?.split('@') ?? []
  return repository !== undefined && path.startsWith(`${repository}/`) ? path.slice(repository.length + 1) : undefined
}

/** Of the same host only: the token is for that one. An Enterprise Server has REST under /api/v3 and GraphQL under /api. */
function graphqlUrl(apiUrl: string, given: string | undefined): string {
  if (given !== undefined && URL.parse(given)?.origin === URL.parse(apiUrl)?.origin) return given
  return `${apiUrl.replace(/\/v3\/?$/, '')}/graphql`
}

/** Default of `report-dir`: one folder per step, so that two steps of a job do not overwrite each other. */
export function defaultReportDirectory(context: Context): string {
  return join(context.temporaryDirectory, 'lambda-parity', context.actionId)
}

function readPullRequest(event: string | undefined, eventName: string | undefined, repository: string | undefined) {
  const parsed = v.safeParse(EVENT, parseJson(event))
  if (!parsed.success) return undefined
  const { number, head } = parsed.output.pull_request
  const isFork = head.repo == null || head.repo.full_name.toLowerCase() !== repository?.toLowerCase()
  // A private repository may give its forks' pull requests a token that writes; pull_request_target always does.
  const isPublic = parsed.output.repository?.private === false
  const readOnlyToken = isFork && isPublic && eventName !== 'pull_request_target'
  return { number, headSha: head.sha, isFork, readOnlyToken }
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

/** An empty variable is one that is not set, as the runner means it. */
function given(environment: Environment): (name: string) => string | undefined {
  return (name) => environment[name] || undefined
}

function optional<Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]: Value })
}
