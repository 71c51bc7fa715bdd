import { type ExecOutput, getExecOutput } from '@actions/exec'
import { ActionError } from '../errors.ts'

export type DockerCommandOptions = {
  /** Written to stdin: the only way a password reaches docker. */
  readonly input?: string
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>
}

/**
 * Runs one short `docker` command to its end, silently; a non-zero exit is a value. Commands that stream or that a
 * cancelled run must stop go through docker-stream.ts, since @actions/exec has neither timeout nor AbortSignal.
 */
export async function docker(argv: readonly string[], options: DockerCommandOptions = {}): Promise<ExecOutput> {
  try {
    return await getExecOutput('docker', [...argv], {
      silent: true,
      ignoreReturnCode: true,
      env: { ...definedEnvironment(), ...options.env },
      ...(options.input === undefined ? {} : { input: Buffer.from(options.input) }),
    })
  } catch (cause) {
    throw dockerMissing(cause)
  }
}

/** This process's environment without the holes that its type allows. */
export function definedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return Object.fromEntries(entries)
}

export function dockerMissing(cause: unknown): ActionError {
  return new ActionError(
    'docker-unavailable',
    'The docker command could not be started: it is not installed or not in PATH.',
    {
      help: 'Use a Linux runner that has Docker (ubuntu-latest and ubuntu-24.04-arm do), or install Docker Engine and buildx in a step before this one.',
      cause,
    },
  )
}
