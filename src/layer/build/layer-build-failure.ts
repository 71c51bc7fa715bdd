import { ActionError } from '../../errors.ts'

const LAST_LINES = 20

export type FailedBuild = {
  /** `requirements.txt` with pip, or the command. */
  readonly how: string
  readonly image: string
  readonly exitCode: number
  readonly log: string
  /** What the engine said when it could not start the container. */
  readonly problem?: string
}

/** `build-failed` with the last lines of the output, and what to do. */
export function layerBuildFailure({ how, image, exitCode, log, problem }: FailedBuild): ActionError {
  const lines = telling(log)
  const last = lines.slice(-LAST_LINES)
  const said = [...(problem === undefined ? [] : [problem]), ...last]
  // Some tools say what is wrong and then how they are used, at length.
  const cause = causeIn(said) ?? causeIn(lines)
  const above = cause === undefined || said.includes(cause.line) ? [] : [cause.line, '…']
  const message = [
    `The layer could not be built: ${how} ended with exit code ${exitCode} in ${image}.`,
    ...above,
    ...said,
  ]
  return new ActionError('build-failed', message.join('\n'), { help: cause?.help ?? OTHERWISE })
}

/** Without blank lines and those of a stack (Node.js, Java), which push out what went wrong. */
function telling(log: string): readonly string[] {
  const lines = log.split('\n').map((line) => line.trimEnd())
  return lines.filter((line) => line !== '' && !/^\s+at \S/.test(line))
}

/** The first cause that we know, with the line that shows it. */
function causeIn(lines: readonly string[]): { readonly line: string; readonly help: string } | undefined {
  for (const { pattern, help } of CAUSES) {
    const line = lines.find((one) => pattern.test(one))
    if (line !== undefined) return { line, help }
  }
  return undefined
}

const OTHERWISE = 'Correct what is named above; the log group of the build shows everything that was printed.'

// The first that matches is told.
const CAUSES: readonly { readonly pattern: RegExp; readonly help: string }[] = [
  {
    pattern: /exec format error/i,
    help: 'This engine cannot run images of that architecture: use a runner of it, or install emulation in a step before (docker/setup-qemu-action).',
  },
  {
    pattern: /"\/bin\/sh": (?:stat|no such file)|\/bin\/sh: no such file/i,
    help: 'The build image needs a shell, /bin/sh: name another with `build-image`.',
  },
  {
    pattern:
      /CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT|self.signed certificate|unable to get local issuer|PKIX path building|UnknownIssuer/i,
    help: 'A proxy of this network has its own certificate authority: give its PEM file as `ca-bundle`.',
  },
  {
    pattern:
      /EAI_AGAIN|ENOTFOUND|ENETUNREACH|Temporary failure in name resolution|Name or service not known|Could not resolve host|Unknown host/i,
    help: 'The container cannot reach the network: are the proxy variables of this runner set, and do they hold inside of containers?',
  },
  {
    pattern:
      /npm ci` can only install|ERR_PNPM_OUTDATED_LOCKFILE|lockfile(?: at \S+)? (?:needs|would)|YN0028|frozen (?:mode|is set)|deployment mode/i,
    help: 'Lock file and manifest do not agree. Update the lock file where you develop, and commit it. Was it written by another version of the tool? `packageManager` in package.json names that.',
  },
  {
    pattern: /Environment variable not found|Failed to replace env in config/i,
    help: 'A setting of the package manager (.npmrc, .yarnrc.yml) names a variable that the build does not have: set it in the step, by one of the names that are passed on (NPM_TOKEN, NODE_AUTH_TOKEN, YARN_NPM_AUTH_TOKEN).',
  },
  {
    pattern: /EUNSUPPORTEDPROTOCOL|ERR_PNPM_WORKSPACE_PKG_NOT_FOUND|Workspace not found/i,
    help: 'A package of the same repository is not below `layer-source`: give the folder of the whole workspace, or build with `build-command`.',
  },
  {
    pattern: /Your Ruby version is \S+, but your Gemfile specified/i,
    help: 'The Gemfile asks for another Ruby than the build image has: name the runtime of that Ruby with `runtime`, or correct the line `ruby` of the Gemfile.',
  },
  {
    pattern: /Your bundle only supports platforms/i,
    help: 'Gemfile.lock was written on another system. Add the platform of Lambda, and commit the lock file.\nbundle lock --add-platform x86_64-linux aarch64-linux',
  },
  {
    pattern: /Could not find gem '|Could not find \S+ in (?:locally installed gems|any of the sources)/i,
    help: 'The sources of the Gemfile have no such gem or version. For a private one, give its credentials in the environment of the step (BUNDLE_GEMS__EXAMPLE__COM).',
  },
  {
    pattern: /No matching distribution found|Could not find a version that satisfies/i,
    help: 'There is no such version for this Python, architecture and C library. Look at the files of the package on its index, and ask for a version that has one.',
  },
  {
    pattern: /Read-only file system/i,
    help: '/src is read-only: write to /out, or to the working folder, which is a copy of /src.',
  },
  {
    pattern:
      /: (?:command )?not found\b|No such file or directory.*\/bin\/|Cannot find command|spawn \S+ ENOENT|need to install git/i,
    help: 'A program that the build calls is not in the build image: name another with `build-image`, or install it in `build-command`.',
  },
]
