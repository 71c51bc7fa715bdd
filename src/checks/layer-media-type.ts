import { GZIP_LAYERS } from '../lambda/layer-media-types.ts'
import { isSkipped } from '../plan/plan.ts'
import type { Check, Finding } from './check.ts'
import { examplesOf, groupBy } from './facts/examples.ts'
import { code, counted } from './facts/wording.ts'

const ID = 'layer-media-type'

type Layer = { readonly digest: string; readonly mediaType: string }

export const layerMediaType: Check = {
  id: ID,
  title: 'Layers are tar archives compressed by gzip',
  appliesTo: ({ kind }) => kind === 'image',
  run({ artifact: { manifest }, plan }) {
    if (manifest?.layers === undefined) {
      // Our own builds ask for gzip, and a push of this run is read back and refused unless it is.
      if (plan.source.from === 'build') return { findings: [] }
      const published = !isSkipped(plan.publish) && !plan.dryRun
      const reason = 'no registry was asked: how the layers are compressed shows when they are pushed'
      return { findings: [], ...(published ? {} : { notChecked: reason }) }
    }
    const odd = manifest.layers.filter(({ mediaType }) => !isGzip(mediaType))
    return { findings: [...groupBy(odd, ({ mediaType }) => mediaType).values()].map(finding) }
  },
}

/** OCI image-spec and Docker image manifest v2 schema 2. */
const ZSTD: readonly string[] = [
  'application/vnd.docker.image.rootfs.diff.tar.zstd',
  'application/vnd.oci.image.layer.v1.tar+zstd',
]
const PLAIN: readonly string[] = [
  'application/vnd.docker.image.rootfs.diff.tar',
  'application/vnd.oci.image.layer.v1.tar',
]

function isGzip(mediaType: string): boolean {
  return GZIP_LAYERS.includes(mediaType)
}

/** That Lambda refuses zstd and plain tar is reported by users, and by AWS nowhere; the rest is no readable layer at all. */
function finding(layers: readonly Layer[]): Finding {
  const mediaType = layers[0]?.mediaType ?? ''
  const open = ZSTD.includes(mediaType) || PLAIN.includes(mediaType)
  const what = ZSTD.includes(mediaType)
    ? 'compressed by zstd'
    : PLAIN.includes(mediaType)
      ? 'not compressed'
      : kind(mediaType)
  return {
    rule: ID,
    level: open ? 'warning' : 'error',
    confidence: open ? 'heuristic' : 'table',
    subject: 'manifest',
    message: `${counted(layers.length, 'layer is', 'layers are')} ${layers.length === 1 ? what.replace('no tar archives', 'no tar archive') : what}: Lambda is known to take gzip only (\`UnsupportedImageLayerDetected\`)`,
    expected: code(GZIP_LAYERS[1] ?? ''),
    actual: code(mediaType),
    help: 'Build with gzip layers; those of the base image too.\ndocker buildx build --provenance=false --sbom=false --output type=registry,compression=gzip,force-compression=true .',
    ...examplesOf(layers.map(({ digest }) => digest)),
  }
}

function kind(mediaType: string): string {
  if (/\+encrypted$/.test(mediaType)) return 'encrypted'
  if (/foreign|nondistributable/.test(mediaType)) return 'kept in another place than the registry'
  return 'no tar archives'
}
