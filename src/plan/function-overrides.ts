import type { FunctionConfiguration } from '../ports/lambda-api.ts'
import type { ImageConfig } from './plan.ts'

/** What the function lays over the image's own settings, where the smoke starts something else: warnings, with the way out. */
export function overrideWarnings(configuration: FunctionConfiguration, started: ImageConfig): readonly string[] {
  const { command, entryPoint, workingDirectory } = configuration.imageConfig ?? {}
  const differs = (words: readonly string[] | undefined, others: readonly string[] | undefined) =>
    words !== undefined && quoted(words) !== quoted(others ?? [])
  const overrides = [
    ...(differs(command, started.command) ? [`CMD ${quoted(command ?? [])}`] : []),
    ...(differs(entryPoint, started.entrypoint) ? [`ENTRYPOINT ${quoted(entryPoint ?? [])}`] : []),
    ...(workingDirectory === undefined || workingDirectory === started.workingDirectory
      ? []
      : [`WORKDIR ${workingDirectory}`]),
  ]
  if (overrides.length === 0) return []
  const isHandler = command?.length === 1 && started.command === undefined
  const fix = isHandler ? ` Set \`smoke-handler: ${command[0]}\` to invoke the same.` : ''
  return [
    `The function overrides the image's ${overrides.join(', ')}; the smoke ${Object.keys(started).length === 0 ? "uses the image's own" : 'starts something else'}.${fix}`,
  ]
}

function quoted(words: readonly string[]): string {
  return JSON.stringify(words)
}
