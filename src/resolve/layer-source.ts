import type { Inputs } from '../inputs/read-inputs.ts'
import { findInstaller, manifests } from '../layer/build/installers.ts'
import type { Files } from '../ports/files.ts'
import { neighbours } from './neighbours.ts'

/** Names in the folder that is built, or why nothing can be built of it. */
export type LayerSourceRead = { readonly names: readonly string[] } | { readonly why: string }

/** Looks for the manifest that `layer-source` is installed from; with `build-command` any folder will do. */
export async function readLayerSource(
  path: string,
  { runtime, 'build-command': command }: Inputs,
  files: Files,
): Promise<LayerSourceRead> {
  switch (await files.kind(path)) {
    case 'directory':
      break
    case undefined:
      return { why: `There is no such folder.${await neighbours(path, files)} Does a step before this one make it?` }
    default:
      return { why: 'That is a file. Accepted: the folder with the dependency manifest.' }
  }
  const names = await files.names(path)
  // Without a runtime, which is an error of its own, no manifest is the wrong one.
  if (command !== undefined || runtime === undefined) return { names }
  if (findInstaller(names, runtime.family) !== undefined) return { names }
  return { why: noManifest(names, runtime.id, manifests(runtime.family)) }
}

function noManifest(names: readonly string[], runtime: string, wanted: readonly string[]): string {
  const others = manifests().filter((name) => names.includes(name))
  const found =
    others.length > 0
      ? `It has ${others.map(code).join(', ')}, which is not for \`${runtime}\`. `
      : 'It has no dependency manifest. '
  const looked =
    wanted.length > 0
      ? `Looked for, for \`${runtime}\`: ${wanted.map(code).join(', ')}; anything else is built by \`build-command\`.`
      : `For \`${runtime}\` nothing is known that could be installed: give a \`build-command\`.`
  const all =
    others.length > 0 || wanted.length === 0 ? '' : ` Of other runtimes: ${rest(wanted).map(code).join(', ')}.`
  return `${found}${looked}${all}`
}

function rest(wanted: readonly string[]): readonly string[] {
  return manifests().filter((name) => !wanted.includes(name))
}

const code = (text: string) => `\`${text}\``
