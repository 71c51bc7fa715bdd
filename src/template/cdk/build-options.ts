import type { BuildSecret } from '../../plan/plan.ts'
import type { DockerSource } from './assembly-schema.ts'
import { assetPath } from './asset-path.ts'

type Cache = NonNullable<DockerSource['cacheTo']>

/**
 * `id` and the rest of docker's `--secret id=…`: `src=token.txt`, `type=env,env=TOKEN`. Paths count from `folder`, where CDK
 * runs the build. `undefined`: none of docker's forms.
 */
export function buildSecret(id: string, text: string, folder: string): BuildSecret | undefined {
  const fields = new Map(text.split(',').map((field) => partsOf(field)))
  const [file, variable] = [fields.get('src') ?? fields.get('source'), fields.get('env')]
  if (fields.get('type') === 'env') return { id, environmentVariable: variable ?? file ?? id }
  if (variable !== undefined) return { id, environmentVariable: variable }
  return file === undefined || file === '' ? undefined : { id, file: assetPath(folder, file) }
}

/** `default`, or `id=path,path`. */
export function sshSource(text: string, folder: string): string {
  const [id, paths] = partsOf(text)
  if (paths === '') return text
  return `${id}=${paths
    .split(',')
    .map((path) => assetPath(folder, path))
    .join(',')}`
}

/** `type=registry,ref=…` of docker's `--cache-from` and `--cache-to`. */
export function cacheOption({ type, params = {} }: Cache, folder: string): string {
  const isPath = (name: string) => type === 'local' && (name === 'src' || name === 'dest')
  const fields = Object.entries(params).map(
    ([name, value]) => `${name}=${isPath(name) ? assetPath(folder, value) : value}`,
  )
  return [`type=${type}`, ...fields].join(',')
}

function partsOf(field: string): readonly [string, string] {
  const equals = field.indexOf('=')
  return equals === -1 ? [field.trim(), ''] : [field.slice(0, equals).trim(), field.slice(equals + 1)]
}
