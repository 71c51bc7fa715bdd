import { ActionError } from '../errors.ts'
import type { Architecture } from '../lambda/architecture.ts'
import type { FunctionConfiguration } from '../ports/lambda-api.ts'

/** Why this function cannot run an image of this architecture; asked before the push and again before the update. */
export function functionMismatch(
  { functionArn, packageType, architectures }: FunctionConfiguration,
  architecture: Architecture,
): ActionError | undefined {
  if (packageType !== 'Image') {
    return new ActionError(
      'package-type-mismatch',
      `${functionArn} has the package type ${packageType}, and a function’s package type cannot change.`,
      {
        help: 'Create a function under another name from the image (function-name with role), move triggers and aliases there, and delete the old one.',
      },
    )
  }
  if (architectures.includes(architecture)) return undefined
  const actual = architectures.join(', ')
  return new ActionError(
    'invalid-input',
    `${functionArn} runs ${actual}, and the image is for ${architecture} (input architecture).`,
    {
      help: `Lambda accepts such an image, and every invocation then fails with "exec format error". Set architecture: ${actual} (on a runner of that architecture), or move the function once: aws lambda update-function-code --function-name ${functionArn} --architectures ${architecture} --image-uri <an image for ${architecture}>.`,
    },
  )
}
