import { isOlder } from '../build/engine-version.ts'
import { manifestFacts } from '../build/manifest-facts.ts'
import { loginFailure, readFailure, writeFailure } from '../build/registry-failure.ts'
import { ActionError } from '../errors.ts'
import { parseImageReference } from '../image-reference.ts'
import type { ManifestFacts } from '../inspect/evidence.ts'
import type { Engine } from '../ports/engine.ts'
import type { Images, LocalImage } from '../ports/images.ts'
import type { Log } from '../ports/log.ts'
import type { OciRegistry, RegistryLogin, RegistrySession } from '../ports/oci-registry.ts'
import { docker } from './docker-command.ts'
import { type PrivateDockerConfig, privateDockerConfig } from './docker-config.ts'
import { dockerImages } from './docker-images.ts'
import { dockerOutput, type StreamOptions } from './docker-stream.ts'

export type DockerRegistryOptions = {
  readonly engine: Engine
  readonly images: Images
  readonly log: Log
  readonly signal: AbortSignal
  /** Where private Docker configurations are made. */
  readonly temporaryDirectory: string
}

/** Registries through the CLI: reads and copies with buildx imagetools, pushes with the engine. */
export function dockerRegistry(options: DockerRegistryOptions): OciRegistry {
  const { log, signal, temporaryDirectory } = options
  return {
    manifest: (reference) => readManifest(reference, { signal }),
    async reader(login) {
      const config = await loggedIn(login, temporaryDirectory)
      const { env } = config
      return {
        images: dockerImages({ signal, log, env }),
        registry: { manifest: (reference) => readManifest(reference, { signal, env }) },
        [Symbol.asyncDispose]: () => config[Symbol.asyncDispose](),
      }
    },
    session: async (login) => registrySession(options, await loggedIn(login, temporaryDirectory)),
  }
}

async function readManifest(reference: string, options: StreamOptions): Promise<ManifestFacts> {
  const argv = ['buildx', 'imagetools', 'inspect', '--raw', reference]
  const { exitCode, stdout, stderrTail } = await dockerOutput(argv, options)
  if (exitCode !== 0) throw readFailure(reference, stderrTail)
  return manifestFacts(reference, stdout)
}

async function loggedIn({ host, user, password }: RegistryLogin, parent: string): Promise<PrivateDockerConfig> {
  const config = await privateDockerConfig(host, parent)
  try {
    const argv = ['login', '--username', user, '--password-stdin', host]
    const { exitCode, stderr } = await docker(argv, { input: password, env: config.env })
    if (exitCode !== 0) throw loginFailure(host, stderr)
    return config
  } catch (error) {
    await config[Symbol.asyncDispose]()
    throw error
  }
}

function registrySession(options: DockerRegistryOptions, config: PrivateDockerConfig): RegistrySession {
  const { engine, images, log, signal } = options
  const run = async (argv: readonly string[], target: string) => {
    const { exitCode, stdout, stderrTail } = await dockerOutput(argv, { signal, env: config.env })
    if (exitCode !== 0) throw writeFailure(target, stderrTail)
    const text = stdout.toString('utf8')
    log.info(`${text}${stderrTail}`.trim())
    return text
  }
  return {
    async push(local, target, { platform }) {
      const options = onePlatform(engine, await images.inspect(local), platform)
      await using _tag = await borrowTag(images, local, target)
      const text = await run(['push', ...options, target], target)
      const [, digest] = /digest: (sha256:[0-9a-f]{64})/.exec(text) ?? []
      if (digest === undefined) throw noDigest(target)
      return digest
    },
    async copy(source, target) {
      const digest = parseImageReference(source)?.digest
      if (digest === undefined) throw new TypeError(`copy needs a source by digest, not ${source}`)
      const create = (...options: string[]) =>
        run(['buildx', 'imagetools', 'create', ...options, '--tag', target, source], target)
      // Until 0.13 buildx had no such option and copied a single source as it is.
      await create(...(isOlder(engine.client.buildx, '0.13') ? [] : ['--prefer-index=false']))
      return digest
    },
    [Symbol.asyncDispose]: () => config[Symbol.asyncDispose](),
  }
}

/**
 * Options that push one child where the image is an index, or where a containerd store does not tell. Command and
 * engine have the option since 27; older ones push the whole, which shows when the manifest is read back.
 */
function onePlatform({ client, server }: Engine, image: LocalImage | undefined, platform: string): string[] {
  const single = server.store === 'classic' || (image?.descriptor !== undefined && image.index === undefined)
  const able = !isOlder(client.version, '27') && !isOlder(server.apiVersion, '1.46')
  return !single && able ? ['--platform', platform] : []
}

/** Tags `local` as `target` for a push; afterwards `target` is what it was before: another image, or nothing. */
async function borrowTag(images: Images, local: string, target: string): Promise<AsyncDisposable> {
  if (local === target) return { [Symbol.asyncDispose]: async () => undefined }
  const before = await images.inspect(target)
  await images.tag(local, target)
  return {
    [Symbol.asyncDispose]: () => (before === undefined ? images.remove(target) : images.tag(before.id, target)),
  }
}

function noDigest(target: string): ActionError {
  return new ActionError('registry-error', `The push to ${target} ended well, but docker printed no digest.`, {
    help: 'Read the lines of docker push above; run the job again.',
  })
}
