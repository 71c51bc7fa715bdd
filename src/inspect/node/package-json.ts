import type { NodePackage } from './node-file.ts'
import { COMMON_FIELDS } from './package-fields.ts'

const MOST_NAMES = 400
const MOST_FIELD = 200
const MOST_COMMANDS = 20
const MOST_EXPORTS = 64 * 1024
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall']

/** What of a package.json says which file is loaded and for which platforms; `undefined` for what is none. */
export function readPackageJson(path: string, text: string): NodePackage | undefined {
  let json: unknown
  try {
    json = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
  } catch {
    return undefined
  }
  if (!isRecord(json)) return undefined
  const optionalPeers = Object.entries(record(json.peerDependenciesMeta))
    .filter(([, meta]) => record(meta).optional === true)
    .map(([name]) => name)
  const optional = keys(json.optionalDependencies)
  const dependencies = keys(json.dependencies).filter((name) => !optional.includes(name))
  const binary = binaryOf(json.binary)
  const scripts = scriptsOf(json.scripts)
  const packsMain = isPacked(json, json.main ?? 'index.js')
  const [exports, imports] = [json.exports, json.imports].map((map) =>
    map === undefined || JSON.stringify(map).length > MOST_EXPORTS ? undefined : map,
  )
  return {
    kind: 'package',
    path,
    name: text200(json.name) ?? '',
    ...optionalText('version', json.version),
    ...list('os', json.os),
    ...list('cpu', json.cpu),
    ...list('libc', json.libc),
    ...(json.type === 'module' ? { type: 'module' as const } : {}),
    ...optionalText('main', json.main ?? (packsMain ? 'index.js' : undefined)),
    ...(packsMain ? { packsMain } : {}),
    ...(namesNothing(json) ? optionalText('declarations', json.types ?? json.typings) : {}),
    ...(exports === undefined ? {} : { exports }),
    ...(imports === undefined ? {} : { imports }),
    ...names('dependencies', dependencies),
    ...names('optionalDependencies', optional),
    ...names('peerDependencies', keys(json.peerDependencies)),
    ...names('optionalPeers', optionalPeers),
    ...optionalText('engine', record(json.engines).node),
    ...(json.bin === undefined ? {} : { commands: commandsOf(json) }),
    ...(binary === undefined ? {} : { binary }),
    ...(scripts === undefined ? {} : { installScripts: scripts }),
    ...(isTypesOnly(json) ? { typesOnly: true as const } : {}),
    ...otherFields(json),
  }
}

function otherFields(json: Record<string, unknown>): Pick<NodePackage, 'otherFields'> {
  const fields = keys(json).flatMap((name) => {
    const text = JSON.stringify(json[name])
    return COMMON_FIELDS.has(name) ? [] : [[name, text.length > MOST_FIELD ? '' : text] as const]
  })
  return fields.length === 0 ? {} : { otherFields: Object.fromEntries(fields) }
}

function isTypesOnly(json: Record<string, unknown>): boolean {
  if (typeof json.name === 'string' && json.name.startsWith('@types/')) return true
  const hasTypes = json.types !== undefined || json.typings !== undefined
  return hasTypes && json.main === '' && json.exports === undefined
}

/** Of what is gone the list of packed files knows. */
function isPacked({ files }: Record<string, unknown>, main: unknown): boolean {
  const plain = (path: unknown): string => String(path).replace(/^(?:\.?\/)+/, '')
  return Array.isArray(files) && files.some((one) => plain(one) === plain(main))
}

/** Of the ways into a package: Node.js' own, those of bundlers, and commands. */
function namesNothing(json: Record<string, unknown>): boolean {
  return ['main', 'exports', 'module', 'browser', 'bin', 'style', 'sass'].every((field) => json[field] === undefined)
}

function binaryOf(value: unknown): NodePackage['binary'] {
  if (!isRecord(value)) return undefined
  const versions = Array.isArray(value.napi_versions)
    ? value.napi_versions.filter((one) => typeof one === 'number')
    : []
  return {
    ...optionalText('moduleName', value.module_name),
    ...optionalText('modulePath', value.module_path),
    ...(versions.length === 0 ? {} : { napiVersions: versions.slice(0, 20) }),
  }
}

function scriptsOf(value: unknown): NodePackage['installScripts'] {
  const scripts = record(value)
  const found = INSTALL_SCRIPTS.flatMap((name) => {
    const text = text200(scripts[name])
    return text === undefined ? [] : [[name, text] as const]
  })
  return found.length === 0 ? undefined : Object.fromEntries(found)
}

/** One without a name has the package's. */
function commandsOf({ bin, name }: Record<string, unknown>): Readonly<Record<string, string>> {
  const named = typeof bin === 'string' ? { [String(name).replace(/^@[^/]*\//, '')]: bin } : record(bin)
  const files = Object.entries(named).flatMap(([command, file]) => {
    const text = text200(file)
    return text === undefined ? [] : [[command, text] as const]
  })
  return Object.fromEntries(files.slice(0, MOST_COMMANDS))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {}
}

function keys(value: unknown): readonly string[] {
  return Object.keys(record(value)).slice(0, MOST_NAMES)
}

function text200(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined
}

function optionalText<Key extends string>(key: Key, value: unknown): { readonly [K in Key]?: string } {
  const text = text200(value)
  return (text === undefined ? {} : { [key]: text }) as { readonly [K in Key]?: string }
}

/** npm takes one name for a list of one. */
function list<Key extends string>(key: Key, value: unknown): { readonly [K in Key]?: readonly string[] } {
  const items =
    typeof value === 'string' ? [value] : Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
  return names(key, items.slice(0, 40))
}

function names<Key extends string>(key: Key, items: readonly string[]): { readonly [K in Key]?: readonly string[] } {
  return (items.length === 0 ? {} : { [key]: items }) as { readonly [K in Key]?: readonly string[] }
}
