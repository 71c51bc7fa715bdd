import { operatingSystem } from '../lambda/operating-systems.ts'
import type { Runtime } from '../lambda/runtimes.ts'
import { COMMAND_SCRIPT, installScript } from '../layer/build/install-script.ts'
import type { Installation } from '../layer/build/installer.ts'
import { findInstaller } from '../layer/build/installers.ts'
import { unreadLocks } from '../layer/build/unread-locks.ts'
import type { Found } from '../resolve/found.ts'
import type { LayerBuildSource, LayerPathSource, LayerRuntime } from './plan.ts'
import type { Values } from './values.ts'

/** Installed for another machine or Python, and in the way of what is installed. */
const NEVER_COPIED = ['node_modules', '.venv', '__pycache__']

/** Where the layer comes from. Inputs are complete and valid (layer-conflicts.ts, resolve/layer-source.ts). Pure. */
export function layerSource(
  values: Values,
  found: Found,
  runtimes: readonly LayerRuntime[],
): LayerPathSource | LayerBuildSource {
  const given = values['layer-path']
  if (given !== undefined) return { from: 'path', path: given.value }
  const path = values['layer-source']?.value
  const runtime = values.runtime?.value
  if (path === undefined || runtime === undefined) throw new Error('a layer without source or runtime was planned')
  const command = values['build-command']?.value
  const manifest = found.layerManifest === undefined ? {} : { manifest: found.layerManifest }
  const bundle = values['ca-bundle']
  const caBundle = bundle === undefined ? {} : { caBundle: bundle.value }
  if (command !== undefined) {
    const container = { script: COMMAND_SCRIPT, arguments: [command], without: [], ...caBundle }
    return { from: 'source', path, how: '`build-command`', installs: false, ...manifest, container }
  }
  const installer = findInstaller(found.layerSource ?? [], runtime.family)
  if (installer === undefined) throw new Error('a layer without a manifest was planned')
  const { tool, files, script } = installer
  const installation = { runtime, architecture: values.architecture.value, ...oldest(runtimes) }
  const container = { script: installScript(script(installation)), arguments: [], without: NEVER_COPIED, ...caBundle }
  return { from: 'source', path, how: `${files.toReversed()[0]} with ${tool}`, installs: true, ...manifest, container }
}

/** A lock file that nobody reads is no reason to stop, and not what its authors expect. */
export function layerSourceWarnings(values: Values, { layerSource: names = [] }: Found): readonly string[] {
  const runtime = values.runtime?.value
  if (values['layer-source'] === undefined || values['build-command'] !== undefined || runtime === undefined) return []
  const installer = findInstaller(names, runtime.family)
  const unread = installer === undefined ? [] : unreadLocks(installer, names)
  if (installer === undefined || unread.length === 0) return []
  const from = `${installer.files.toReversed()[0]} with ${installer.tool}`
  return [
    `\`layer-source\` has ${unread.map((name) => `\`${name}\``).join(', ')} too, which is not read: what is installed comes from ${from}. Remove the one that is out of date; what only another tool reads is installed by \`build-command\`.`,
  ]
}

/** The oldest C library that must load what is installed; what a given image has is not known before it is read. */
function oldest(runtimes: readonly LayerRuntime[]): Pick<Installation, 'glibc'> {
  const versions = runtimes.filter(({ image }) => image.from === 'derived').map(({ runtime }) => glibcOf(runtime))
  const [first] = versions.toSorted((a, b) => minor(a) - minor(b))
  return first === undefined ? {} : { glibc: first }
}

function glibcOf({ os }: Runtime): string {
  return operatingSystem(os).glibc
}

function minor(version: string): number {
  return Number(version.split('.')[1])
}
