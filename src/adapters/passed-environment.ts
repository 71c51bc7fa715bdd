import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { splitEnvironment } from './container-argv.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** How a container's variables reach the engine: `env` goes with the docker command, `file` is given as `--env-file`. */
export type PassedEnvironment = AsyncDisposable & {
  readonly names: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly file?: string
}

/** One `NAME=value` line each in the file; the format knows no newline in a value, and none of those variables has a use for one. */
export async function passedEnvironment(environment: Readonly<Record<string, string>>): Promise<PassedEnvironment> {
  const { names, file } = splitEnvironment(environment)
  const env = Object.fromEntries(names.map((name) => [name, environment[name] ?? '']))
  if (file.length === 0) return { names, env, [Symbol.asyncDispose]: async () => undefined }
  const folder = await temporaryFolder()
  const path = join(folder.path, 'environment')
  const lines = file.map((name) => `${name}=${(environment[name] ?? '').replaceAll('\n', ' ')}\n`)
  await writeFile(path, lines.join(''), { mode: 0o600 })
  return { names, env, file: path, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() }
}
