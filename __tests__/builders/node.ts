import { posix } from 'node:path'
import type { Subject } from '../../src/checks/check.ts'
import type { ElfFile, FileEntry } from '../../src/inspect/evidence.ts'
import { NO_FACTS } from '../../src/inspect/fact-readers.ts'
import { nodeReader } from '../../src/inspect/node/node-reader.ts'
import { makeSymbols } from './elf-symbols.ts'
import { baseElf, baseFiles, makeDirectory, makeElf, makeEvidence, makeFile } from './evidence.ts'
import { makeRuntimeEvidence, makeRuntimeFacts, makeSubject } from './subject.ts'

/** Path below /var/task/node_modules -> text of a script, content of a package.json, native file, or `undefined` for any other. */
export type NodeFiles = Readonly<Record<string, string | object | undefined>>

const FOLDER = '/var/task/node_modules'

/** An image of nodejs22.x with these packages; package.json and scripts are read by the real reader. */
export function makeNodeSubject(files: NodeFiles, also: readonly ElfFile[] = []): Subject {
  const paths = Object.keys(files).map((name) => posix.join(FOLDER, name))
  const folders = new Set(paths.flatMap((path) => above(path)))
  const entries: readonly FileEntry[] = [
    ...[...folders].map((path) => makeDirectory(path)),
    ...Object.entries(files).map(([name, content]) => {
      const path = posix.join(FOLDER, name)
      const size = typeof content === 'string' ? { size: Buffer.byteLength(content) } : {}
      return makeFile(path, { ...size, ...(path.includes('/bin/') && { mode: 0o755 }) })
    }),
  ]
  const drafts = new Map(
    Object.entries(files).flatMap(([name, content]) => {
      const entry = makeFile(posix.join(FOLDER, name))
      const text = typeof content === 'string' ? content : name.endsWith('.json') ? JSON.stringify(content) : undefined
      const draft = text === undefined ? undefined : nodeReader.read(entry, Buffer.from(text))
      return draft === undefined ? [] : [[entry.path, draft] as const]
    }),
  )
  const elf = Object.entries(files).flatMap(([name, content]) =>
    typeof content === 'object' && !name.endsWith('.json') ? [makeElf(posix.join(FOLDER, name), content)] : [],
  )
  const base = { files: baseFiles(), elf: [...baseElf(), ...also], tools: { node: '22.14.0' } }
  const artifact = makeEvidence({
    ...base,
    files: [...base.files, ...entries],
    elf: [...base.elf, ...elf],
    facts: { ...NO_FACTS, node: nodeReader.finish(drafts) },
  })
  return makeSubject({ artifact, runtimes: [makeRuntimeFacts(makeRuntimeEvidence(base))] })
}

function above(path: string): readonly string[] {
  const folders: string[] = []
  for (let folder = posix.dirname(path); folder.length > '/var/task'.length; folder = posix.dirname(folder))
    folders.push(folder)
  return folders
}

/** The runtime's node, which exports this. */
export function makeNodeProgram(exports: readonly string[] = []): ElfFile {
  return makeElf('/var/lang/bin/node', {
    type: 2,
    symbols: makeSymbols({ exports: ['napi_module_register', 'napi_create_object', ...exports] }),
  })
}

/** `node-gyp-build`'s own package, as far as it is looked for by name. */
export const GYP_BUILD: NodeFiles = {
  'node-gyp-build/package.json': { name: 'node-gyp-build', version: '4.8.4', main: 'index.js' },
  'node-gyp-build/index.js': undefined,
}

/** A napi-rs package with its generated loader and its variants' names. */
export const NAPI_RS: NodeFiles = {
  'fast-hash/package.json': {
    name: 'fast-hash',
    version: '1.0.0',
    main: 'index.js',
    optionalDependencies: {
      'fast-hash-linux-x64-gnu': '1.0.0',
      'fast-hash-linux-x64-musl': '1.0.0',
      'fast-hash-linux-arm64-gnu': '1.0.0',
      'fast-hash-darwin-arm64': '1.0.0',
    },
  },
  'fast-hash/index.js': `
const { existsSync } = require('fs')
let nativeBinding = null
let loadError = null
function isMusl() {
  const { glibcVersionRuntime } = process.report.getReport().header
  return !glibcVersionRuntime
}
switch (process.platform) {
  case 'darwin':
    try { nativeBinding = require('fast-hash-darwin-arm64') } catch (e) { loadError = e }
    break
  case 'linux':
    switch (process.arch) {
      case 'x64':
        if (isMusl()) {
          try { nativeBinding = require('fast-hash-linux-x64-musl') } catch (e) { loadError = e }
        } else {
          try { nativeBinding = require('fast-hash-linux-x64-gnu') } catch (e) { loadError = e }
        }
        break
      default:
        throw new Error('Unsupported architecture on Linux')
    }
}
if (!nativeBinding) {
  if (loadError) throw loadError
  throw new Error('Failed to load native binding')
}
module.exports = nativeBinding
`,
}
