import { ActionError, toActionError } from '../../errors.ts'
import type { LayerPublishPlan } from '../../plan/plan.ts'
import type { Files } from '../../ports/files.ts'
import type { LayerApi, NewLayerVersion, PublishedVersion } from '../../ports/layer-api.ts'
import type { WrittenZip } from '../../ports/layer-zip-writer.ts'
import type { Log } from '../../ports/log.ts'
import type { S3 } from '../../ports/s3.ts'
import type { UploadWay } from './upload-way.ts'

export type LayerUploadPorts = {
  readonly layers: LayerApi
  readonly s3: S3
  readonly files: Pick<Files, 'readStart'>
  readonly log: Log
}

/**
 * Publishes the zip as a new version, in the request or by way of a bucket, whose object is removed again whatever happens:
 * Lambda has its own copy by then. Rejects with verify-mismatch when Lambda has other bytes than were checked.
 */
export async function uploadLayer(
  plan: LayerPublishPlan,
  description: string,
  zip: WrittenZip,
  way: UploadWay,
  { layers, s3, files, log }: LayerUploadPorts,
): Promise<PublishedVersion> {
  const bytes = await files.readStart(zip.path, zip.bytes + 1)
  if (bytes === undefined || bytes.length !== zip.bytes) throw changed(zip)
  const publish = async (content: NewLayerVersion['content']) => {
    const { layerName, licenseInfo, runtimes, architectures } = plan
    const licence = licenseInfo === undefined ? {} : { licenseInfo }
    const made = await layers.publish({ layerName, description, ...licence, runtimes, architectures, content })
    if (made.codeSha256 !== zip.sha256) throw otherBytes(made, zip)
    return made
  }
  if (way.by === 'request') return await publish({ zip: bytes })
  const { bucket, key } = way
  const object = { bucket, key, ...(plan.account === undefined ? {} : { owner: plan.account }) }
  try {
    log.info(`Uploading ${zip.bytes} bytes to s3://${bucket}/${key}.`)
    await s3.put(object, bytes, zip.sha256)
    return await publish({ bucket, key })
  } finally {
    await s3.remove(object).catch((error: unknown) => {
      const { message, help } = toActionError(error)
      log.warning(`s3://${bucket}/${key} may be left, Lambda does not need it any more. ${message}\n${help}`)
    })
  }
}

function changed({ path }: WrittenZip): ActionError {
  return new ActionError('layer-invalid', `${path} is not the zip that was checked: its size has changed.`, {
    help: 'Does another step write to it at the same time? Nothing was published.',
  })
}

function otherBytes(made: PublishedVersion, { sha256 }: WrittenZip): ActionError {
  return new ActionError(
    'verify-mismatch',
    `${made.arn} has other bytes (CodeSha256 ${made.codeSha256}) than were checked (${sha256}).`,
    {
      help: 'The zip was changed on its way: delete this version, and run the job again. It was neither shared nor attached.',
    },
  )
}
