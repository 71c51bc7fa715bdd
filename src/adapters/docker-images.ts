import { MEDIA_TYPES } from '../build/manifest-facts.ts'
import { readFailure } from '../build/registry-failure.ts'
import { ActionError } from '../errors.ts'
import { byDigest } from '../image-reference.ts'
import type { ManifestFacts } from '../inspect/evidence.ts'
import { historyEntries } from '../inspect/history.ts'
import { ARCHITECTURES } from '../lambda/architecture.ts'
import type { Images, LocalImage } from '../ports/images.ts'
import type { Log } from '../ports/log.ts'
import { docker } from './docker-command.ts'
import { dockerChunks, dockerOutput } from './docker-stream.ts'

export type DockerImagesOptions = {
  readonly signal: AbortSignal
  readonly log: Log
  /** Environment of a login that pulls, instead of the user's own. */
  readonly env?: Readonly<Record<string, string>>
}

/** The local engine's images through the CLI. */
export function dockerImages({ signal, log, env = {} }: DockerImagesOptions): Images {
  return {
    async inspect(reference, { platform } = {}) {
      const answer = await (platform === undefined ? inspectImage(reference) : inspectChild(reference, platform))
      if (answer === undefined) return undefined
      const image = localImage(answer)
      return isIndex(image) ? { ...image, index: await localIndex(reference, image.descriptor) } : image
    },
    async history(reference) {
      const { exitCode, stdout } = await docker(['image', 'history', '--no-trunc', '--format', '{{json .}}', reference])
      return exitCode === 0 ? historyEntries(stdout) : undefined
    },
    async save(reference, onChunk) {
      const { exitCode, stderrTail } = await dockerChunks(['image', 'save', reference], onChunk, signal)
      if (exitCode !== 0) log.debug(`docker image save ${reference}: ${stderrTail.trim()}`)
      return exitCode === 0
    },
    async pull(reference, { platform } = {}) {
      const argv = ['pull', '--quiet', ...(platform === undefined ? [] : ['--platform', platform]), reference]
      log.info(`Pulling ${reference}`)
      const { exitCode, stderrTail } = await dockerOutput(argv, { signal, env })
      if (exitCode !== 0) throw readFailure(reference, stderrTail)
    },
    async tag(source, target) {
      const { exitCode, stderr } = await docker(['tag', source, target])
      if (exitCode !== 0) throw engineFailure(`The local engine cannot tag ${source} as ${target}.`, stderr)
    },
    async remove(reference) {
      const { exitCode, stderr } = await docker(['image', 'rm', '--no-prune', reference])
      if (exitCode !== 0) log.debug(`docker image rm ${reference}: ${stderr.trim()}`)
    },
  }
}

async function inspectImage(reference: string): Promise<Inspected | undefined> {
  const argv = ['image', 'inspect', '--format', '{{json .}}', reference]
  const { exitCode, stdout, stderr } = await docker(argv)
  if (exitCode === 0) return JSON.parse(stdout)
  // "invalid reference format": what cannot be a reference is no image either.
  if (/no such image|not found|invalid reference format/i.test(stderr)) return undefined
  throw engineFailure(`The local engine cannot tell about ${reference}.`, stderr)
}

/** Fails where the platform is not there, and on engines that do not know the option. */
async function inspectChild(reference: string, platform: string): Promise<Inspected | undefined> {
  const argv = ['image', 'inspect', '--format', '{{json .}}', '--platform', platform, reference]
  const { exitCode, stdout } = await docker(argv)
  return exitCode === 0 ? JSON.parse(stdout) : undefined
}

type Indexed = LocalImage & { readonly descriptor: Descriptor }

function isIndex(image: LocalImage): image is Indexed {
  return image.descriptor?.mediaType === MEDIA_TYPES.ociIndex || image.descriptor?.mediaType === MEDIA_TYPES.dockerList
}

/** The index in the engine's store, with those of its children that could run on Lambda. */
async function localIndex(reference: string, { digest, mediaType }: Descriptor): Promise<ManifestFacts> {
  const answers = await Promise.all(
    ARCHITECTURES.map(async ({ platform }) => {
      const Descriptor = (await inspectChild(reference, platform))?.Descriptor
      if (!Descriptor || Descriptor.digest === digest) return []
      return [{ digest: Descriptor.digest, mediaType: Descriptor.mediaType, platform, attestation: false }]
    }),
  )
  return { reference: byDigest(reference, digest), digest, mediaType, children: answers.flat() }
}

type Descriptor = { readonly mediaType: string; readonly digest: string; readonly size: number }

type Inspected = {
  readonly Id: string
  readonly Os?: string
  readonly Architecture?: string
  readonly RepoDigests?: readonly string[] | null
  readonly Descriptor?: Descriptor | null
}

/** One element of `docker image inspect`'s answer. */
export function localImage(answer: Inspected): LocalImage {
  return {
    id: answer.Id,
    os: answer.Os ?? '',
    architecture: answer.Architecture ?? '',
    repoDigests: answer.RepoDigests ?? [],
    ...(answer.Descriptor ? { descriptor: answer.Descriptor } : {}),
    raw: answer,
  }
}

function engineFailure(message: string, stderr: string): ActionError {
  return new ActionError('docker-unavailable', `${message}\n${stderr.trim()}`, {
    help: 'Look at the log of the Docker engine on the runner.',
  })
}
