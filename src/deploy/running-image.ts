import type { LambdaFunction } from '../ports/lambda-api.ts'
import { imageUri } from '../publish/image-uri.ts'
import type { ImagePublication } from '../report/report.ts'
import { judgeState } from './state.ts'

/** Whether a function has this very image, from this very repository (the image must stay where it was taken from). */
export function hasImage(found: LambdaFunction, image: ImagePublication): boolean {
  const { resolvedImageUri, codeSha256, imageUri: given } = found
  if (resolvedImageUri !== undefined) return resolvedImageUri === imageUri(image)
  // Other implementations of the API do not resolve.
  return codeSha256 === undefined ? given === imageUri(image) : isCodeOf(codeSha256, image)
}

/** Whether it also runs it, so that no update is needed. An image that was deleted and pushed again needs one. */
export function runsImage(found: LambdaFunction, image: ImagePublication): boolean {
  const asleep = found.state === 'Inactive' && (found.stateReasonCode ?? 'Idle') !== 'Idle'
  return hasImage(found, image) && judgeState(found).phase === 'done' && !asleep
}

/** CodeSha256 of an image function is the hex digest of its manifest. */
export function isCodeOf(codeSha256: string, { digest }: ImagePublication): boolean {
  return `sha256:${codeSha256}` === digest
}
