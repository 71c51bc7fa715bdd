import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Engine } from '../ports/engine.ts'
import {
  type BuildEnd,
  type BuiltFolder,
  CA_BUNDLE,
  type ContainerBuild,
  type LayerBuilder,
} from '../ports/layer-builder.ts'
import { type TarEntry, tarHeader, tarPadding } from '../tar/tar-entry.ts'
import { RUN_LABEL } from './container-argv.ts'
import { docker } from './docker-command.ts'
import { dockerContainer } from './docker-container.ts'
import { dockerEndpoint } from './docker-endpoint.ts'
import { type DockerRun, dockerResources, engineFailure, unlessAborted } from './docker-resources.ts'
import { dockerStream } from './docker-stream.ts'
import { folderTar } from './folder-tar.ts'
import { makeFolder } from './make-folder.ts'
import { type PassedEnvironment, passedEnvironment } from './passed-environment.ts'
import { temporaryFolder } from './temporary-folder.ts'

export type LayerBuilderOptions = DockerRun & {
  readonly engine: Pick<Engine, 'server'>
  readonly toolCache: string
}

/**
 * Source and result are copied through the engine: a bind mount would need paths that the engine's host shares with this
 * process, and leave files of other owners behind. Only the cache is mounted, where the engine has its folder.
 */
export function dockerLayerBuilder({ engine, toolCache, ...run }: LayerBuilderOptions): LayerBuilder {
  const resources = dockerResources(run)
  const user = engine.server.rootless ? { uid: 0, gid: 0 } : caller()

  return {
    async run(build) {
      await using source = await resources.createFilledVolume(
        build.image.id ?? build.image.reference,
        folderTar(build.source, { without: build.without, leaveOut: build.leaveOut }),
      )
      await using passed = await passedEnvironment(build.environment)
      const cache = await cacheFolder(join(toolCache, 'lambda-parity', 'layer-builds', build.cacheKey))
      const name = resources.newName()
      await create(build, { name, source: source.name, passed, cache })
      await using container = dockerContainer(name)
      await unlessAborted(run.signal, container)
      await resources.put(container, '/', outside(build, user))
      return await start(build, name)
    },
  }

  async function create(build: ContainerBuild, using: Using): Promise<void> {
    const create = (cache: string | undefined) => docker(argv(build, { ...using, cache }), { env: using.passed.env })
    const created = await create(using.cache)
    if (created.exitCode === 0) return
    // The folder is not the engine's: this process is in a container, say.
    const again = using.cache !== undefined && NOT_SHARED.test(created.stderr) ? await create(undefined) : created
    if (again.exitCode !== 0)
      throw engineFailure(`A container of ${build.image.reference} could not be created`, again.stderr)
  }

  function argv(build: ContainerBuild, { name, source, passed, cache }: Using): readonly string[] {
    return [
      ...['create', '--pull', 'never', '--name', name, '--label', `${RUN_LABEL}=${run.runId}`],
      ...['--platform', build.image.platform, '--user', `${user.uid}:${user.gid}`],
      ...['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges', '--log-driver', 'none'],
      ...['--mount', `type=volume,source=${source},target=/src,readonly,volume-nocopy`],
      ...(cache === undefined ? [] : ['--mount', `type=bind,source=${cache},target=/cache`]),
      ...passed.names.flatMap((variable) => ['--env', variable]),
      ...(passed.file === undefined ? [] : ['--env-file', passed.file]),
      ...[
        '--entrypoint',
        '/bin/sh',
        build.image.id ?? build.image.reference,
        '-c',
        build.script,
        'sh',
        ...build.arguments,
      ],
    ]
  }

  async function start(build: ContainerBuild, name: string): Promise<BuildEnd> {
    const { stdout, done } = dockerStream(['start', '--attach', name], {
      signal: run.signal,
      onStderrLine: build.onLine,
    })
    stdout.resume()
    await done
    const { exitCode, problem } = await ending(name)
    if (exitCode !== 0 || problem !== '') return { exitCode, ...(problem === '' ? {} : { problem }) }
    return { built: await result(name) }
  }

  async function result(name: string): Promise<BuiltFolder> {
    const folder = await temporaryFolder()
    try {
      const { stdout, done } = dockerStream(['cp', `${name}:/out/.`, folder.path], { signal: run.signal })
      stdout.resume()
      const { exitCode, stderrTail } = await done
      if (exitCode !== 0) throw engineFailure('The result of the build could not be copied', stderrTail)
    } catch (error) {
      await folder[Symbol.asyncDispose]()
      throw error
    }
    return folder
  }
}

type Using = {
  readonly name: string
  readonly source: string
  readonly passed: PassedEnvironment
  readonly cache: string | undefined
}
type User = { readonly uid: number; readonly gid: number }

const NOT_SHARED = /bind source path does not exist|not shared|mounts denied/i

/** A rootless engine maps its own root to the caller, and every other user to somebody else. */
function caller(): User {
  return { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }
}

/** A folder of the caller's that later runs find again; `undefined` where it cannot be the engine's. */
async function cacheFolder(path: string): Promise<string | undefined> {
  if ((await dockerEndpoint()).via !== 'socket') return undefined
  // Without it the build takes longer, that is all.
  return await makeFolder(path).then(
    () => path,
    () => undefined,
  )
}

/** What the container's own file system needs: a place for the result that the user may write to, and the certificates. */
async function* outside({ caBundle }: ContainerBuild, owner: User): AsyncGenerator<Uint8Array> {
  yield tarHeader({ path: 'out', type: 'directory', mode: 0o755, size: 0, owner })
  if (caBundle === undefined) return
  const content = await readFile(caBundle)
  const entry: TarEntry = { path: CA_BUNDLE.slice(1), type: 'file', mode: 0o644, size: content.length }
  yield tarHeader(entry)
  yield content
  yield tarPadding(content.length)
}

async function ending(name: string): Promise<{ readonly exitCode: number; readonly problem: string }> {
  const { exitCode, stdout, stderr } = await docker(['container', 'inspect', '--format', '{{json .State}}', name])
  if (exitCode !== 0) throw engineFailure('The container of the build is gone', stderr)
  const state = JSON.parse(stdout) as { readonly ExitCode: number; readonly Error: string }
  return { exitCode: state.ExitCode, problem: state.Error }
}
