import type { Evidence } from '../../inspect/evidence.ts'
import { quota } from '../../lambda/quotas.ts'
import type { LayerPlan } from '../../plan/plan.ts'
import type { Check, Finding } from '../check.ts'
import { MAX_EXAMPLES } from '../facts/examples.ts'
import { code, megabytes } from '../facts/wording.ts'
import { folderLine, largestFolders } from './largest-folders.ts'

/** How many folders are listed: a finding's examples are five, the sentence of its help names the rest. */
const FOLDERS = 10

/** Unzipped, of which the function and its other layers need their share; and the zip, as far as one is there. */
export function layerSize(artifact: Evidence, plan: LayerPlan): ReturnType<Check['run']> {
  const { uncompressed, compressed } = artifact.bytes
  const upload = quota('zip-direct-upload')
  // A layer that is refused anyway has no zip to ask about.
  const open = uncompressed > upload.value && uncompressed <= quota('unzipped-with-layers').value
  return {
    findings: [...unzipped(artifact), ...zipped(compressed, plan)],
    ...(compressed === undefined && open
      ? {
          notChecked: `whether the zip is larger than ${megabytes(upload.value)}, a direct upload, shows when it is packed`,
        }
      : {}),
  }
}

function unzipped(artifact: Evidence): readonly Finding[] {
  const limit = quota('unzipped-with-layers')
  const bytes = artifact.bytes.uncompressed
  // Up to half of it a second layer of the same kind fits beside.
  if (bytes * 2 <= limit.value) return []
  const folders = largestFolders(artifact, 4, FOLDERS)
  const facts = {
    rule: 'size-limit',
    confidence: 'table',
    subject: 'layer',
    expected: `${megabytes(limit.value)} (${limit.value} bytes) or less, function and all layers together (${limit.link})`,
    actual: megabytes(bytes),
    count: 1,
    examples: folders.slice(0, MAX_EXAMPLES).map(folderLine),
    bytes,
  } as const
  const most = `Leave out what functions do not need. The largest folders:\n${folders.map(folderLine).join('\n')}`
  if (bytes > limit.value) {
    return [
      {
        ...facts,
        level: 'error',
        message: `The layer is ${megabytes(bytes)} unzipped, ${megabytes(bytes - limit.value)} more than Lambda accepts (\`Unzipped size must be smaller than ${limit.value} bytes\`)`,
        help: most,
      },
    ]
  }
  return [
    {
      ...facts,
      level: 'note',
      message: `The layer is ${megabytes(bytes)} unzipped: ${megabytes(limit.value - bytes)} are left for the function and its other layers`,
      help: most,
    },
  ]
}

function zipped(bytes: number | undefined, { table }: LayerPlan): readonly Finding[] {
  const limit = quota('zip-direct-upload')
  if (bytes === undefined || bytes <= limit.value || table['s3-bucket'] !== undefined) return []
  return [
    {
      rule: 'size-limit',
      level: 'warning',
      confidence: 'table',
      subject: 'zip',
      message: `The zip is ${megabytes(bytes)}: more than ${megabytes(limit.value)} go to Lambda by way of S3 only`,
      expected: `${megabytes(limit.value)} or less, or an ${code('s3-bucket')} (${limit.link})`,
      actual: megabytes(bytes),
      help: 'Name a bucket in the region of the function.\ns3-bucket: my-artifacts',
      count: 1,
      examples: [],
      bytes,
    },
  ]
}
