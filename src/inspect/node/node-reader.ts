import { posix } from 'node:path'
import type { FileEntry } from '../evidence.ts'
import { type FactReader, sorted } from '../fact-reader.ts'
import { keptScripts } from './kept-scripts.ts'
import type { NodeFile, NodePackage, NodeScript } from './node-file.ts'
import { readPackageJson } from './package-json.ts'
import { isPlaceholder } from './placeholder.ts'
import { type ScriptSource, scriptSource } from './script-source.ts'

const MOST_JSON = 512 * 1024
const MOST_MANIFEST = 64 * 1024
const MOST_SCRIPT = 5 * 1024 * 1024
const MOST_COMMAND = 16 * 1024
const MOST_PLACEHOLDER = 2 * 1024
/** Of all scripts of one artifact, so that memory does not grow with it. Of what comes later only that is said. */
const MOST_HELD = 128 * 1024 * 1024

type Draft = NodePackage | NodeScript | ScriptSource

/**
 * Package descriptions, and what scripts load that come to native code. Which do is known when all have passed: until then
 * their texts are held as they are.
 */
export const nodeReader: FactReader<Draft, NodeFile> = { ...reading(), begin: reading }

function reading(): FactReader<Draft, NodeFile> {
  let held = 0
  let unread: NodeScript | undefined
  const passed = new Set<string>()
  return {
    wants(entry, magic) {
      if (entry.path.includes('/node_modules/') && !isTool(entry.path)) passed.add(entry.path)
      if (isPackageJson(entry)) return MOST_JSON
      if (isManifest(entry)) return entry.size > MOST_MANIFEST ? 0 : MOST_MANIFEST
      if (!isScript(entry)) return isCommand(entry, magic) ? MOST_COMMAND : 0
      if (held < MOST_HELD) return MOST_SCRIPT
      unread ??= { kind: 'script', path: entry.path, loads: [], partial: true }
      return 0
    },
    read(entry, bytes) {
      if (isPackageJson(entry)) return readPackageJson(entry.path, bytes.toString('utf8'))
      if (isManifest(entry)) return { kind: 'script', path: entry.path, loads: [], source: bytes.toString('utf8') }
      if (!isScript(entry)) {
        const text = bytes.toString('utf8')
        if (isPlaceholder(text))
          return { kind: 'script', path: entry.path, loads: [], source: text, isPlaceholder: true }
        if (!text.startsWith('#!') || !bytes.includes('node')) return undefined
      }
      const source = scriptSource(entry.path, bytes, entry.size > MOST_SCRIPT)
      held += source?.text.size ?? 0
      return source
    },
    finish(drafts) {
      const packages: NodePackage[] = []
      const sources: ScriptSource[] = []
      const manifests: NodeScript[] = []
      for (const [path, draft] of drafts) {
        if (draft.kind === 'package') packages.push({ ...draft, path })
        else if (draft.kind === 'script') manifests.push({ ...draft, path })
        else sources.push({ ...draft, path })
      }
      const placeholders = manifests.flatMap(({ path, isPlaceholder }) => (isPlaceholder === true ? [path] : []))
      const isThere = (path: string): boolean => drafts.has(path) || passed.has(path)
      return sorted([
        ...packages,
        ...manifests,
        ...keptScripts(packages, sources, isThere, placeholders),
        ...(unread === undefined ? [] : [unread]),
      ])
    },
  }
}

function isPackageJson({ path }: FileEntry): boolean {
  return posix.basename(path) === 'package.json' && !isTool(path)
}

/** Build tools list there which of the addons that lie around it are for which system. */
function isManifest({ path }: FileEntry): boolean {
  return /\/node_modules\/.*\/build\/manifest\.json$/.test(path)
}

function isScript({ path }: FileEntry): boolean {
  return /\.[cm]?js$/.test(path) && !/\.min\.js$/.test(path) && !isTool(path)
}

/** A program of a package's own that names its interpreter instead of an ending (`bin/oxlint`), or a short text in its place. */
function isCommand({ path, size, mode }: FileEntry, magic: Buffer): boolean {
  const first = magic.toString('latin1')
  const isText = (mode & 0o1) !== 0 && size <= MOST_PLACEHOLDER && /^[\w\s#]+$/.test(first)
  if (size > MOST_COMMAND || !(first.startsWith('#!') || isText) || isTool(path)) return false
  return path.includes('/node_modules/') && posix.extname(path) === ''
}

/** npm and what else comes with Node.js and the runtime: thousands of scripts that no function loads. */
function isTool(path: string): boolean {
  return (
    /^\/(?:usr\/(?:local\/)?(?:lib|share)|var\/lang\/lib)\/(?:node_modules|nodejs|node)\//.test(path) ||
    /^\/(?:usr\/share|proc|sys)\//.test(path)
  )
}
