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
  if (runtime?.family === 'java') return noJavaHandler(handler, files)
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

/** The folder is the function's code: classes in their packages' folders, or in the jars of its `lib`. */
async function noJavaHandler(handler: string, files: Files): Promise<string | undefined> {
  const accepted =
    'Accepted for a layer of Java: `folder/package.Class::method`, a compiled class of a folder in the workspace, as `target/classes/example.Handler::handleRequest`, or of a jar in its `lib`.'
  const [folder, name] = [posix.dirname(handler), posix.basename(handler).replace(/::.*$/, '')]
  if ((await files.kind(folder)) !== 'directory') return `There is no folder ${folder}. ${accepted}`
  const tried = posix.join(folder, `${name.replaceAll('.', '/')}.class`)
  if ((await files.kind(tried)) === 'file') return undefined
  const jars = (await files.names(posix.join(folder, 'lib'))).filter((file) => file.endsWith('.jar'))
  return jars.length > 0
    ? undefined
    : `There is neither ${tried} nor a jar in ${posix.join(folder, 'lib')}. ${accepted}`
}
