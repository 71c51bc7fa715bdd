import { ActionError } from '../errors.ts'
import { invalidInputs } from '../inputs/problem.ts'
import type { Architecture } from '../lambda/architecture.ts'
import type { FunctionConfiguration } from '../ports/lambda-api.ts'

/** Why this function cannot run the image: its package type or its architecture is another. Neither is ever changed here. */
export function checkFunction(
  configuration: FunctionConfiguration,
  architecture: Architecture,
): ActionError | undefined {
  const { functionArn, packageType, architectures } = configuration
  if (packageType !== 'Image') {
    const message = `The function ${functionArn} is of package type ${packageType}, and a function's package type can never change.`
    const help =
      'Give the name of an image function, or a new name together with `role` so that it is created as one; then point its triggers there.'
    return new ActionError('package-type-mismatch', message, { help })
  }
  // AWS leaves the list out for x86_64, the architecture before there were two.
  const actual = architectures[0] ?? 'x86_64'
  if (actual === architecture) return undefined
  const why = `The function ${functionArn} runs ${actual}, and an update never changes that by itself. Set \`architecture: ${actual}\`, or change the function once: aws lambda update-function-code --function-name ${functionArn} --architectures ${architecture} --image-uri <an image for ${architecture}>.`
  return invalidInputs([{ input: 'architecture', value: architecture, why }])
}

/** What the function lays over the image's own settings, which the smoke does not see. */
export function overrideWarnings(configuration: FunctionConfiguration, handler: string | undefined): readonly string[] {
  const { command, entryPoint, workingDirectory } = configuration.imageConfig ?? {}
  const overrides = [
    ...(command === undefined || (command.length === 1 && command[0] === handler) ? [] : [`CMD ${quoted(command)}`]),
    ...(entryPoint === undefined ? [] : [`ENTRYPOINT ${quoted(entryPoint)}`]),
    ...(workingDirectory === undefined ? [] : [`WORKDIR ${workingDirectory}`]),
  ]
  if (overrides.length === 0) return []
  const fix =
    command?.length === 1 && handler === undefined ? ` Set \`smoke-handler: ${command[0]}\` to invoke the same.` : ''
  return [`The function overrides the image's ${overrides.join(', ')}; the smoke uses the image's own.${fix}`]
}

function quoted(words: readonly string[]): string {
  return JSON.stringify(words)
}
