import type { Found } from '../resolve/found.ts'
import type { TemplateRead } from '../template/template-read.ts'
import type { BuildImage, BuildSecret, BuildSource, ReferenceSource, RuntimeImage, UnavailableSource } from './plan.ts'
import type { Values } from './values.ts'

/** What is built, or the reference that stands instead of a build. */
export function artifactSource(
  values: Values,
  template?: TemplateRead,
): BuildSource | ReferenceSource | UnavailableSource {
  if (template?.unavailable !== undefined) return { from: 'unavailable', reason: template.unavailable }
  if (values.image !== undefined) return { from: 'reference', image: values.image.value, pull: values.pull.value }
  const { target, network, builder } = values
  return {
    from: 'build',
    context: values.context?.value ?? '.',
    file: values.file?.value ?? 'Dockerfile',
    ...(target === undefined ? {} : { target: target.value }),
    buildArgs: values['build-args']?.value ?? {},
    buildContexts: values['build-contexts']?.value ?? [],
    secrets: buildSecrets(values),
    ssh: values.ssh?.value ?? [],
    cacheFrom: values['cache-from']?.value ?? [],
    cacheTo: values['cache-to']?.value ?? [],
    labels: values.labels?.value ?? [],
    pull: values.pull.value,
    noCache: values['no-cache'].value,
    ...(network === undefined ? {} : { network: network.value }),
    ...(builder === undefined ? {} : { builder: builder.value }),
    ...(template?.localTag === undefined ? {} : { localTag: template.localTag }),
    ...(template === undefined || template.secrets.length === 0 ? {} : { concealed: template.secrets }),
  }
}

function buildSecrets(values: Values): readonly BuildSecret[] {
  const secrets = values.secrets?.value ?? []
  const bundle = values['ca-bundle']
  return bundle === undefined ? secrets : [...secrets, { id: 'ca-bundle', file: bundle.value }]
}

/** The environment of the comparison's build column: the image that was given, else what the Dockerfile tells. */
export function buildImage(values: Values, { compiledIn }: Found): BuildImage | undefined {
  const given = values['build-image']
  if (given !== undefined) return { from: 'given', reference: given.value }
  if (values.image !== undefined || compiledIn === undefined) return undefined
  const { stage, ...rest } = compiledIn
  return { from: 'stage', ...(stage === undefined ? {} : { name: stage }), ...rest }
}

/** The image of the comparison's runtime column, and why it is that one. */
export function runtimeImage(values: Values, found: Found): RuntimeImage {
  const image = values['runtime-image']
  if (image?.source === 'input') return { from: 'given', reference: image.value }
  if (values.runtime?.source === 'input') {
    const { id, baseImage } = values.runtime.value
    return { from: 'derived', reference: baseImage, because: `\`runtime\` is \`${id}\`` }
  }
  if (found.base?.from !== 'image') return { from: 'recognise' }
  if (image === undefined) return { from: 'recognise', base: found.base.reference }
  const because = `FROM in line ${found.base.line} of ${values.file?.value ?? 'the Dockerfile'}`
  return { from: 'derived', reference: image.value, because }
}
