import { posix } from 'node:path'
import type { Inputs } from '../inputs/read-inputs.ts'
import type { Files } from '../ports/files.ts'

const EXTENSIONS = ['py', 'js', 'mjs', 'cjs', 'rb']
const ACCEPTED =
  'Accepted for a layer: `path/app.handler`, a function of a file in the workspace that uses the layer; for custom runtimes `path/bootstrap`, a program.'

/** Why `smoke-handler` names no file of the workspace that a layer could be tried with; `undefined` when it does. */
export async function noLayerHandler(
  { kind, smoke, runtime, 'smoke-handler': handler }: Inputs,
  files: Files,
): Promise<string | undefined> {
  if (kind !== 'layer' || smoke === false || handler === undefined) return undefined
  const folder = posix.dirname(handler)
  // What the bootstrap of a layer does with the handler's name is its own business.
  const isCustom = runtime === undefined || runtime.family === 'provided'
  if (posix.basename(handler) === 'bootstrap') {
    return (await files.kind(handler)) === 'file' ? undefined : `There is no file ${handler}. ${ACCEPTED}`
  }
  if (isCustom && runtime !== undefined) {
    return (await files.kind(folder)) === 'directory' ? undefined : `There is no folder ${folder}. ${ACCEPTED}`
  }
  const dot = handler.lastIndexOf('.')
  if (dot <= 0) return ACCEPTED
  const tried = EXTENSIONS.map((extension) => `${handler.slice(0, dot)}.${extension}`)
  const kinds = await Promise.all(tried.map((path) => files.kind(path)))
  return kinds.includes('file') ? undefined : `There is none of the files ${tried.join(', ')}. ${ACCEPTED}`
}
