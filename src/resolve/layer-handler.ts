import type { Inputs } from '../inputs/read-inputs.ts'
import type { Files } from '../ports/files.ts'

const EXTENSIONS = ['py', 'js', 'mjs', 'cjs', 'rb']

/** Why `smoke-handler` names no file of the workspace that a layer could be tried with; `undefined` when it does. */
export async function noLayerHandler(
  { kind, smoke, 'smoke-handler': handler }: Inputs,
  files: Files,
): Promise<string | undefined> {
  if (kind !== 'layer' || smoke === false || handler === undefined) return undefined
  const dot = handler.lastIndexOf('.')
  const accepted =
    'Accepted for a layer: `path/app.handler`, a function of a file in the workspace that uses the layer.'
  if (dot <= 0) return accepted
  const tried = EXTENSIONS.map((extension) => `${handler.slice(0, dot)}.${extension}`)
  const kinds = await Promise.all(tried.map((path) => files.kind(path)))
  return kinds.includes('file') ? undefined : `There is none of the files ${tried.join(', ')}. ${accepted}`
}
