import { posix } from 'node:path'
import type { Inputs } from '../inputs/read-inputs.ts'
import { findInstaller, manifests } from '../layer/build/installers.ts'
import type { Files } from '../ports/files.ts'

/** A dependency manifest as it stands in the repository; `file` is relative to the working directory. */
export type LayerManifest = { readonly file: string; readonly text: string }

/** What `layer-source` is installed from, so that findings can name its lines; with `build-command` the first manifest there. */
export async function readLayerManifest(
  { 'layer-source': path, runtime, 'build-command': command }: Inputs,
  names: readonly string[],
  files: Files,
): Promise<LayerManifest | undefined> {
  if (path === undefined || runtime === undefined) return undefined
  const installed = command === undefined ? findInstaller(names, runtime.family)?.files[0] : undefined
  const name = installed ?? manifests(runtime.family).find((one) => names.includes(one))
  if (name === undefined) return undefined
  const file = posix.join(path, name)
  const text = await files.readText(file)
  return text === undefined ? undefined : { file, text }
}
