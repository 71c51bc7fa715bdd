import type { ImageArtifact } from '../artifact.ts'
import { ActionError } from '../errors.ts'
import type { Architecture } from '../lambda/architecture.ts'
import type { BuildSource } from '../plan/plan.ts'
import type { ImageBuilder } from '../ports/image-builder.ts'
import type { Images } from '../ports/images.ts'
import type { Log } from '../ports/log.ts'
import { buildArguments, buildEnvironment } from './build-arguments.ts'
import { buildFailure } from './build-failure.ts'
import { secretTexts, withoutSecrets } from './build-secrets.ts'
import { localTag } from './local-tag.ts'
import { proxyVariables } from './proxy-variables.ts'

export type BuildPorts = { readonly builder: ImageBuilder; readonly images: Images; readonly log: Log }

export type BuildRequest = {
  readonly source: BuildSource
  readonly architecture: Architecture
  /** The image's name, as in `subject.name` of the report. */
  readonly name: string
  readonly runId: string
  /** The runner’s environment: proxy variables, and secrets that are given by the name of a variable. */
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly throwaway?: boolean
  readonly signal?: AbortSignal
}

/** Builds one image into the local engine, its progress in the log. Rejects with build-failed or docker-unavailable. */
export async function buildImage(request: BuildRequest, ports: BuildPorts): Promise<ImageArtifact> {
  const { source, architecture, name, runId, environment, throwaway = false, signal } = request
  const tag = localTag(name, runId, architecture, source.localTag)
  const argv = buildArguments(source, {
    architecture,
    tag,
    proxyVariables: proxyVariables(environment, source.network),
    throwaway,
  })
  const secrets = secretTexts(source, environment)
  for (const secret of secrets) ports.log.mask(secret)
  const onLine = (line: string) => ports.log.info(withoutSecrets(line, secrets))
  const { exitCode, log } = await ports.builder.build(argv, {
    env: buildEnvironment(source),
    onLine,
    ...(signal === undefined ? {} : { signal }),
  })
  if (exitCode !== 0) throw buildFailure(withoutSecrets(log, secrets), exitCode)
  const image = await ports.images.inspect(tag)
  if (image === undefined) throw notLoaded(tag)
  return { reference: tag, id: image.id, origin: 'built' }
}

function notLoaded(tag: string): ActionError {
  return new ActionError('build-failed', `The build ended well, but the local engine has no image ${tag}.`, {
    help: 'The builder could not load its result into the engine of this Docker context; use a builder of the same context, or leave the input builder out.',
  })
}
