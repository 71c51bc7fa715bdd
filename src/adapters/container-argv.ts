import type { ContainerSpec } from '../ports/containers.ts'

/** Everything a run makes in Docker carries this label with the run's id. */
export const RUN_LABEL = 'lambda-parity.run'

/** uid of Lambda's sbx_user1051, as public code names it; its gid differs between eras and matters to nobody. */
export const LAMBDA_USER = '993:990'

/** Processes and descriptors are Lambda's quotas; the log is kept by the engine whatever its default driver, and bounded. */
const FIXED = [
  ...['--read-only', '--user', LAMBDA_USER, '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
  ...['--ulimit', 'nofile=1024:1024', '--pids-limit', '1024'],
  ...['--log-driver', 'json-file', '--log-opt', 'max-size=4m', '--log-opt', 'max-file=2'],
]

export type Started = {
  readonly name: string
  readonly runId: string
  /** Holds what `splitEnvironment` puts into a file. */
  readonly environmentFile?: string
  /** Names that the docker command's own environment has. */
  readonly inherited: ReadonlySet<string>
}

/**
 * `docker run` in the background. Without `--rm`: an empty answer is explained only by the log that stays. /tmp may hold
 * programs (`exec`), as on Lambda: Java libraries unpack their native code there.
 */
export function runArguments(spec: ContainerSpec, container: Started): readonly string[] {
  const { names } = splitEnvironment(spec.environment)
  return [
    ...['run', '--detach', '--pull', 'never', '--name', container.name, '--label', `${RUN_LABEL}=${container.runId}`],
    ...['--platform', spec.platform],
    ...FIXED,
    ...['--memory', `${spec.memory}m`, '--memory-swap', `${spec.memory}m`],
    ...['--tmpfs', `/tmp:rw,exec,nosuid,nodev,size=${spec.temporaryStorage}m,mode=1777`],
    ...['--network', spec.network],
    ...(spec.workingDirectory === undefined ? [] : ['--workdir', spec.workingDirectory]),
    ...spec.mounts.flatMap(({ name, path }) => [
      '--mount',
      `type=volume,source=${name},target=${path},readonly,volume-nocopy`,
    ]),
    ...names.flatMap((name) => ['--env', name]),
    // A name without a value removes the image's variable, unless docker's own environment has one of that name to pass on.
    ...spec.withoutEnvironment.flatMap((name) => ['--env', container.inherited.has(name) ? `${name}=` : name]),
    ...(container.environmentFile === undefined ? [] : ['--env-file', container.environmentFile]),
    ...['--entrypoint', spec.entrypoint, spec.image, ...spec.arguments],
  ]
}

/** Variables that would steer the docker command itself, if it had them in its environment. */
const STEERS_DOCKER =
  /^(PATH|HOME|USERPROFILE|TMPDIR|DOCKER_.*|XDG_.*|LD_.*|GO(DEBUG|GC|MAXPROCS|MEMLIMIT|TRACEBACK)|.*_proxy|SSL_CERT_.*)$/i

/**
 * How values reach the engine without standing in an argument list: by name through the environment of the docker command,
 * or, where that would change the command itself, by a file that only this user can read.
 */
export function splitEnvironment(environment: Readonly<Record<string, string>>): {
  readonly names: readonly string[]
  readonly file: readonly string[]
} {
  const names = Object.keys(environment)
  return {
    names: names.filter((name) => !STEERS_DOCKER.test(name)),
    file: names.filter((name) => STEERS_DOCKER.test(name)),
  }
}
