import { join } from 'node:path'

/** A path that an asset names: absolute where the app does not stage its assets, else counted from `folder`. */
export function assetPath(folder: string, path: string): string {
  return path.startsWith('/') ? path : join(folder, path)
}

// As docker buildx tells sources of a named context apart from paths; git's short form has no scheme.
const REMOTE = /^(?:[a-z][a-z0-9+.-]*:|git@|github\.com\/)/i
const LOCAL_LAYOUT = /^oci-layout:\/\/(?=[^/])/

/** The source of a named build context with a path of its own counted from `folder`. */
export function contextSource(folder: string, source: string): string {
  if (LOCAL_LAYOUT.test(source)) return source.replace(LOCAL_LAYOUT, `oci-layout://${folder}/`)
  return REMOTE.test(source) ? source : assetPath(folder, source)
}
