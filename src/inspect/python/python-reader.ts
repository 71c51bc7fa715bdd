import { detached } from '../detached.ts'
import type { FileEntry } from '../evidence.ts'
import type { FactReader } from '../fact-reader.ts'
import { sorted } from '../fact-reader.ts'
import { boundNames } from './bound-names.ts'
import { calledNames, withoutUncalled } from './called-functions.ts'
import { moduleOf, sourceOf, wantedOfCompiled } from './compiled-imports.ts'
import { type CompiledDraft, readCompiled } from './compiled-module.ts'
import { lackedNames } from './lacked-names.ts'
import { type Offered, withLackedConstants } from './library-names.ts'
import { newerSyntax } from './newer-syntax.ts'
import { cachedByNumba } from './numba-cache.ts'
import type { CompiledModule, PythonDistribution, PythonFile, PythonModule } from './python-file.ts'
import { folderName, readMetadata, readTopLevel, readWheel } from './python-metadata.ts'
import { pythonProgram } from './python-program.ts'
import { readRecord } from './python-record.ts'

/** What one file says: a module, or a part of what a distribution's folder tells. */
type ModuleDraft = PythonModule & {
  readonly bound?: string
  readonly reshapes?: readonly string[]
  readonly gives?: readonly string[]
}

export type PythonDraft = ModuleDraft | CompiledDraft | Partial<PythonDistribution>

const MOST_SOURCE = 4 * 1024 * 1024
const MOST_RECORD = 16 * 1024 * 1024
const MOST_TEXT = 256 * 1024
const DISTRIBUTION = /\/[^/]+\.(?:dist|egg)-info\/(?:METADATA|PKG-INFO|WHEEL|RECORD|top_level\.txt)$/
const CODE = /\/(?:site-packages|dist-packages|python|lib\/python3\.\d+)\/|^\/var\/(?:task|runtime)\//
// Tests of a package are imported by nobody but its tests: what is missing here counts as a module without a say.
const TESTS = /\/(?:tests?|idlelib|lib2to3|ensurepip|turtledemo)\//
const SYS = Buffer.from('sys.')
const PATH = Buffer.from('_path')

/** Facts of Python installations and of the function's own Python code. */
export const pythonReader: FactReader<PythonDraft, PythonFile> = {
  ofElf: true,
  wants({ path, size }) {
    if (path.endsWith('.py')) return CODE.test(path) && !TESTS.test(path) && size <= MOST_SOURCE ? MOST_SOURCE : 0
    if (path.endsWith('.so')) return TESTS.test(path) ? 0 : wantedOfCompiled(path, size)
    if (!DISTRIBUTION.test(path)) return 0
    return path.endsWith('/RECORD') ? MOST_RECORD : MOST_TEXT
  },
  read(entry, bytes) {
    if (entry.path.endsWith('.py')) return readModule(entry, bytes)
    return entry.path.endsWith('.so') ? readCompiled(entry, bytes) : detached(readPart(entry, bytes))
  },
  finish(drafts) {
    const files: PythonFile[] = []
    const modules = new Map<string, ModuleDraft>()
    const compiled: CompiledModule[] = []
    const offered = new Map<string, string>()
    const folders = new Map<string, Partial<PythonDistribution>>()
    for (const [path, draft] of drafts) {
      if ('steps' in draft) modules.set(path, draft)
      else if ('imports' in draft) {
        const { constants, ...module } = draft
        compiled.push({ ...module, path })
        if (constants !== undefined) offered.set(path, constants)
      } else {
        const folder = path.slice(0, path.lastIndexOf('/'))
        folders.set(folder, { ...folders.get(folder), ...draft })
      }
    }
    for (const [path, draft] of folders) files.push({ ...folderName(path), ...draft, kind: 'distribution', path })
    return sorted([...files, ...withLackedNames(modules, drafts, offered), ...withKnownNames(compiled, files)])
  },
}

/** Of the names in compiled modules those of other compiled modules, shipped or not: the rest are names of classes. */
function withKnownNames(compiled: readonly CompiledModule[], files: readonly PythonFile[]): readonly CompiledModule[] {
  const listed = files.flatMap((file) =>
    file.kind !== 'distribution'
      ? []
      : (file.record?.native ?? []).map((path) => `${file.path.slice(0, file.path.lastIndexOf('/'))}/${path}`),
  )
  const known = new Set(
    [...compiled.map(({ path }) => path), ...listed].flatMap((path) => {
      const module = moduleOf(path)
      return module === undefined ? [] : [`${module.site} ${module.name}`]
    }),
  )
  return compiled.flatMap((file) => {
    const { site, name: own } = moduleOf(file.path) ?? {}
    const imports = file.imports.filter((name) => name !== own && known.has(`${site} ${name}`))
    return imports.length === 0 && file.numpy === undefined && file.fillsNumpy === undefined
      ? []
      : [{ ...file, imports }]
  })
}

function readModule({ path }: FileEntry, bytes: Buffer): ModuleDraft {
  const names = boundNames(bytes)
  const steps = pythonProgram(bytes, names)
  const { dynamic, extendsPath } = importHooks(bytes)
  const reshapes = dynamic ? namedInSysModules(bytes) : []
  const syntax = newerSyntax(bytes)
  const numbaCache = cachedByNumba(bytes)
  return {
    kind: 'module',
    path,
    steps,
    ...(dynamic ? { dynamic } : {}),
    ...(extendsPath ? { extendsPath } : {}),
    ...(names.isOpen || dynamic ? {} : { bound: ` ${[...names.names].join(' ')} ` }),
    ...(names.names.has('__getattr__') ? { answers: true } : {}),
    ...(reshapes.length === 0 ? {} : { reshapes }),
    ...(names.given.size === 0 ? {} : { gives: [...names.given] }),
    ...(syntax === undefined ? {} : { syntax }),
    ...(numbaCache === undefined ? {} : { numbaCache }),
  }
}

/** Modules that have a say. */
function withLackedNames(
  modules: ReadonlyMap<string, ModuleDraft>,
  drafts: ReadonlyMap<string, unknown>,
  offered: Offered,
): readonly PythonModule[] {
  const there = new Set(
    [...drafts.keys()].flatMap((path) => {
      const { site, name } = sourceOf(path) ?? {}
      return name === undefined ? [] : [`${site} ${name}`]
    }),
  )
  const lacked = lackedNames(modules, sourceOf, (site, name) => there.has(`${site} ${name}`))
  const called = calledNames([...modules.values()].map(({ steps }) => steps))
  return [...modules].flatMap(([path, { bound: _, reshapes: __, gives: ___, steps: all, ...draft }]) => {
    const lacks = lacked.get(path)
    const module = { ...draft, steps: withLackedConstants(withoutUncalled(all, called), offered) }
    const says =
      module.steps.length > 0 ||
      module.dynamic === true ||
      module.extendsPath === true ||
      module.syntax !== undefined ||
      module.numbaCache !== undefined
    if (!says && lacks === undefined) return []
    const { answers, ...others } = module
    const told = answers === true && lacks !== undefined ? module : others
    return [{ ...told, path, ...(lacks === undefined ? {} : { lacks }) }]
  })
}

/** Modules that a loader fills, or that another one takes the place of: `loader.exec_module(sys.modules['tlz'])`. */
function namedInSysModules(bytes: Buffer): readonly string[] {
  const names = bytes.toString('latin1').matchAll(/\bsys\.modules\[\s*["']([\w.]+)["']\s*\]/g)
  return [...new Set([...names].map(([, name = '']) => name))]
}

/** Who only looks where the package lies (`__path__[0]`) changes nothing. */
const CHANGES_PATH = /__path__(?!\[\d\]\s*(?:[),\n#]|$))|(?:extend|meta)_path/

/** A document may end a sentence with it: "found on sys.path." */
const EXTENDS = /^path\.(?:appen|inser|exten|__)/

/** `if "IPython" in sys.modules:` changes nothing either. */
const ASKS = /^ in sys\.modules(?![[.(\w])/

/** Words of code that answers imports itself, or adds places to look for modules; sought by what they share. */
function importHooks(bytes: Buffer): { readonly dynamic: boolean; readonly extendsPath: boolean } {
  let dynamic = false
  for (let at = bytes.indexOf(PATH); at !== -1 && !dynamic; at = bytes.indexOf(PATH, at + 5))
    dynamic = CHANGES_PATH.test(bytes.toString('latin1', Math.max(at - 8, 0), at + 24))
  let extendsPath = false
  for (let at = bytes.indexOf(SYS); at !== -1; at = bytes.indexOf(SYS, at + 4)) {
    const word = bytes.toString('latin1', at + 4, at + 14)
    if (/^(?:modules|meta_path|path_hooks)/.test(word))
      dynamic ||= !ASKS.test(bytes.toString('latin1', at - 4, at + 12))
    else if (EXTENDS.test(word)) extendsPath = true
  }
  return { dynamic, extendsPath }
}

function readPart({ path }: FileEntry, bytes: Buffer): Partial<PythonDistribution> {
  const text = bytes.toString('utf8')
  if (path.endsWith('/RECORD')) return { record: readRecord(text) }
  if (path.endsWith('/WHEEL')) return readWheel(text)
  if (path.endsWith('/top_level.txt')) return readTopLevel(text)
  return readMetadata(text)
}
