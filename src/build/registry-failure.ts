import { ActionError, type FailureCode } from '../errors.ts'
import { registryHost } from '../image-reference.ts'

type Row = {
  readonly pattern: RegExp
  readonly code: FailureCode
  readonly message: (reference: string) => string
  readonly help: string
}

const UNREACHABLE =
  /dial tcp|no such host|i\/o timeout|deadline exceeded|connection re(?:fused|set)|network is unreachable|TLS handshake|unexpected EOF|: EOF|server gave HTTP response|(?:50[0234]) |proxyconnect/i

const LOGIN =
  'Log in to it in a step before this one with an account that may pull (docker/login-action; for ECR aws-actions/amazon-ecr-login, and ecr:BatchGetImage and ecr:GetDownloadUrlForLayer). A login of an earlier job, or one for ECR that is older than 12 hours, does not count.'

/** What the CLI, the engine and registries answer, most specific first (failures.md rows 25 and 38). */
const COMMON: readonly Row[] = [
  {
    pattern: /x509:|certificate signed by unknown authority/i,
    code: 'registry-error',
    message: (reference) => `The certificate of ${registryHost(reference)} is not trusted.`,
    help: 'Add its authority to the runner: /etc/docker/certs.d/<host>/ca.crt for the engine, the system’s store for the command.',
  },
  {
    pattern: /toomanyrequests|rate limit/i,
    code: 'registry-error',
    message: (reference) => `${registryHost(reference)} limits anonymous pulls and refuses ${reference} for now.`,
    help: 'Log in to it in a step before this one (docker/login-action), or use a copy in another registry.',
  },
  {
    pattern: UNREACHABLE,
    code: 'registry-error',
    message: (reference) => `The registry ${registryHost(reference)} cannot be reached.`,
    help: 'Check the name of the registry, and the network and proxy settings of the runner and of the Docker engine; then run the job again.',
  },
]

const READ: readonly Row[] = [
  {
    // The containerd store adds "does not exist or may require authorization" to it.
    pattern: /no basic auth credentials/i,
    code: 'access-denied',
    message: (reference) => `${registryHost(reference)} wants a login for ${reference}.`,
    help: LOGIN,
  },
  {
    pattern:
      /no matching manifest|no match for platform|does not provide the specified platform|does not match the specified platform/i,
    code: 'image-not-found',
    message: (reference) => `${reference} does not exist for the wanted platform.`,
    help: 'List what is there with docker buildx imagetools inspect, and choose another tag or change architecture.',
  },
  {
    pattern: /does not exist or may require|insufficient_scope/i,
    code: 'image-not-found',
    message: (reference) => `${reference} does not exist in ${registryHost(reference)}, or it is private.`,
    help: 'Check name and tag. If it is private, log in to its registry in a step before this one (docker/login-action). If it was to be found in the local engine, build or load it in the same job first.',
  },
  {
    pattern: /no basic auth|unauthorized|authorization|denied|forbidden|\b40[13]\b/i,
    code: 'access-denied',
    message: (reference) => `${registryHost(reference)} refuses access to ${reference}.`,
    help: LOGIN,
  },
  {
    pattern: /not found|manifest unknown|name unknown|no such manifest|repository name not known|\b404\b/i,
    code: 'image-not-found',
    message: (reference) => `${reference} was not found in ${registryHost(reference)}.`,
    help: 'Check repository, tag and region. If it was to be found in the local engine, build or load it in the same job first.',
  },
  {
    pattern: /invalid reference format|invalid repository name|must be lowercase/i,
    code: 'invalid-input',
    message: (reference) => `${JSON.stringify(reference)} is not an image reference.`,
    help: 'Write [registry/]repository[:tag][@sha256:…], in lower case.',
  },
]

const WRITE: readonly Row[] = [
  {
    pattern: /repository is immutable|ImageTagAlreadyExists|tag .*already exists.*cannot be overwritten/is,
    code: 'tag-immutable',
    message: (reference) => `The tag of ${reference} already points at another image and cannot be moved.`,
    help: 'Use a tag of its own for each commit (the default is sha-<commit>), or make the repository’s tags mutable.',
  },
  {
    pattern: /name unknown|repository with name .* does not exist|RepositoryNotFound|repository name not known/i,
    code: 'repository-not-found',
    message: (reference) => `The repository of ${reference} does not exist.`,
    help: 'Create it first, or set create-repository: true; check account and region too.',
  },
  {
    pattern: /no basic auth|unauthorized|authorization|denied|forbidden|\b40[13]\b/i,
    code: 'access-denied',
    message: (reference) => `${registryHost(reference)} refuses the push to ${reference}.`,
    help: 'The role of this job needs ecr:GetAuthorizationToken on * and, on the repository, ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload, ecr:BatchCheckLayerAvailability, ecr:PutImage and ecr:BatchGetImage.',
  },
]

const REFUSED_LOGIN: Row = {
  pattern: /unauthorized|denied|forbidden|incorrect username or password|\b40[013]\b/i,
  code: 'access-denied',
  message: (reference) => `${registryHost(reference)} refuses the login.`,
  help: 'A token of ECR holds for 12 hours and for its own account and region; run the job again with fresh credentials.',
}

/** Why reading or pulling `reference` failed, from what the command wrote to stderr. */
export function readFailure(reference: string, stderr: string): ActionError {
  return failure([...COMMON, ...READ], reference, stderr, `${reference} could not be read.`)
}

/** Why pushing to `reference` failed, from what the command wrote to stderr. */
export function writeFailure(reference: string, stderr: string): ActionError {
  return failure([...COMMON, ...WRITE], reference, stderr, `${reference} could not be pushed.`)
}

/** Why `docker login` to `host` failed, from what it wrote to stderr. */
export function loginFailure(host: string, stderr: string): ActionError {
  return failure([...COMMON, REFUSED_LOGIN], `${host}/`, stderr, `The login to ${host} failed.`)
}

function failure(rows: readonly Row[], reference: string, stderr: string, otherwise: string): ActionError {
  const said = lastWords(stderr)
  // The reference itself may contain any word of the patterns.
  const row = rows.find(({ pattern }) => pattern.test(stderr.replaceAll(reference, '')))
  const message = row?.message(reference) ?? otherwise
  return new ActionError(row?.code ?? 'registry-error', said === '' ? message : `${message}\n${said}`, {
    help: row?.help ?? 'The registry’s own words are above; run the job again if it looks like a passing fault.',
  })
}

/** The last line says what failed; what comes before it is progress. */
function lastWords(stderr: string): string {
  const line = stderr.split('\n').findLast((text) => text.trim() !== '') ?? ''
  return line.trim().replace(/^ERROR: |^Error response from daemon: /i, '')
}
