import type { FunctionConfiguration } from '../ports/lambda-api.ts'

/** What the function lays over the image's own settings, which the smoke does not see: warnings, with the way out. */
export function overrideWarnings(configuration: FunctionConfiguration, handler: string | undefined): readonly string[] {
  const { command, entryPoint, workingDirectory } = configuration.imageConfig ?? {}
  const overrides = [
    ...(command === undefined || (command.length === 1 && command[0] === handler) ? [] : [`CMD ${quoted(command)}`]),
    ...(entryPoint === undefined ? [] : [`ENTRYPOINT ${quoted(entryPoint)}`]),
    ...(workingDirectory === undefined ? [] : [`WORKDIR ${workingDirectory}`]),
  ]
  if (overrides.length === 0) return []
  const isHandler = command?.length === 1 && handler === undefined
  const fix = isHandler ? ` Set \`smoke-handler: ${command[0]}\` to invoke the same.` : ''
  return [`The function overrides the image's ${overrides.join(', ')}; the smoke uses the image's own.${fix}`]
}

function quoted(words: readonly string[]): string {
  return JSON.stringify(words)
}
