import { imageUri } from '../publish/image-uri.ts'
import type { DeployRequest } from './deployment.ts'
import { imageAccessHelp } from './image-access.ts'
import { remedyFor } from './reasons.ts'
import type { Rollout } from './rollout.ts'
import { isCodeOf } from './running-image.ts'

/** An image is known by CodeSha256; implementations of the API that show none are believed. */
export function imageRollout(request: DeployRequest): Rollout {
  const { plan, deadline, image } = request
  return {
    plan,
    deadline,
    isDeployed: ({ codeSha256 }) => codeSha256 === undefined || isCodeOf(codeSha256, image),
    instead: ({ codeSha256 }) => `runs other code than was deployed (CodeSha256 ${codeSha256})`,
    settled: (state) => ({ ...state, imageUri: imageUri(image) }),
    remedy: (reasonCode, reason, functionArn) =>
      reasonCode === 'ImageAccessDenied' ? imageAccessHelp(request, functionArn) : remedyFor(reasonCode, reason),
  }
}
