import type { AttachPlan, LayerPublishPlan } from '../../plan/plan.ts'
import { megabytes } from '../../report/environment-table.ts'
import type { LayerTarget } from './publish-layer.ts'
import { inWords } from './share-layer.ts'

/** What publishing would write, one line each, for `dry-run`. */
export function layerWrites(
  { layerName, region, shareWith }: LayerPublishPlan,
  target: LayerTarget,
  bytes: number,
): readonly string[] {
  const sharees = shareWith.map(inWords).join(', ')
  const shares = shareWith.length === 0 ? [] : [`let ${sharees} use the version`]
  if (target.reused !== undefined) {
    return [`publish nothing: ${target.reused.layerVersionArn} is this layer already`, ...shares]
  }
  const { way } = target
  const zip = `the zip of ${megabytes(bytes)}`
  const upload = way.by === 's3' ? [`upload ${zip} to bucket ${way.bucket}, and remove it again`] : []
  const version = `publish ${zip} as a version of layer ${layerName} in ${region}`
  return [...upload, version, ...shares]
}

/** What attaching would write. */
export function attachWrites({ functionName, region, publishVersion, alias }: AttachPlan): readonly string[] {
  return [
    `give function ${functionName} in ${region} this version in the place of the one it has, unless it has this one`,
    ...(publishVersion || alias !== undefined ? ['publish a version of the function'] : []),
    ...(alias === undefined ? [] : [`create or move its alias ${alias} to that version`]),
  ]
}
