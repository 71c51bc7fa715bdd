import { join } from 'node:path'
import type { Supplies } from '../supplies.ts'
import type { DockerSource } from './assembly-schema.ts'
import { assetPath, contextSource } from './asset-path.ts'
import type { ImageAsset } from './assets.ts'
import { buildSecret, cacheOption, sshSource } from './build-options.ts'

/** How an image asset is built, as the inputs that say the same. `line`: of the function's ImageUri. */
export function imageAsset(asset: ImageAsset, line: number, context: string | undefined, supplies: Supplies): void {
  const { source } = asset
  const place = (property: string) => ({ property, line })
  if (source.directory === undefined) {
    const why =
      'The image is made by running a command, and nothing of an assembly is run here. Build it in a step before this one.'
    supplies.problem(place('executable'), why, 'image')
    return
  }
  const directory = assetPath(asset.folder, source.directory)
  supplies.set('context', directory)
  supplies.set('file', join(context ?? directory, source.dockerFile ?? 'Dockerfile'))
  if (source.dockerBuildTarget !== undefined)
    supplies.text('target', source.dockerBuildTarget, place('dockerBuildTarget'))
  if (source.networkMode !== undefined) supplies.text('network', source.networkMode, place('networkMode'))
  if (source.dockerBuildArgs !== undefined) supplies.set('build-args', source.dockerBuildArgs)
  lists(source, directory, supplies)
  secrets(source, directory, (id) => place(`dockerBuildSecrets.${id}`), supplies)
  if (source.cacheDisabled === true) supplies.set('no-cache', true)
  if (source.dockerOutputs !== undefined) {
    const why = `${source.dockerOutputs.map((output) => `\`${output}\``).join(', ')} is left out: the image is kept in the local engine, where it is checked.`
    supplies.warn(place('dockerOutputs'), why)
  }
}

function lists(source: DockerSource, directory: string, supplies: Supplies): void {
  const contexts = Object.entries(source.dockerBuildContexts ?? {})
  if (contexts.length > 0) {
    supplies.set(
      'build-contexts',
      contexts.map(([name, text]) => `${name}=${contextSource(directory, text)}`),
    )
  }
  if (source.dockerBuildSsh !== undefined) supplies.set('ssh', [sshSource(source.dockerBuildSsh, directory)])
  if (source.cacheFrom !== undefined && source.cacheFrom.length > 0) {
    supplies.set(
      'cache-from',
      source.cacheFrom.map((cache) => cacheOption(cache, directory)),
    )
  }
  if (source.cacheTo !== undefined) supplies.set('cache-to', [cacheOption(source.cacheTo, directory)])
}

type PlaceOf = (id: string) => { readonly property: string; readonly line: number }

function secrets(source: DockerSource, directory: string, placeOf: PlaceOf, supplies: Supplies): void {
  if (!supplies.isOpen('secrets')) return
  const read = Object.entries(source.dockerBuildSecrets ?? {}).flatMap(([id, text]) => {
    const secret = buildSecret(id, text, directory)
    if (secret === undefined) supplies.problem(placeOf(id), 'Accepted: `src=path` or `env=NAME`.', 'secrets')
    return secret ?? []
  })
  if (read.length > 0) supplies.set('secrets', read)
}
