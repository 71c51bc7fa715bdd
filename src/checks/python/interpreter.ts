import { posix } from 'node:path'
import type { ElfFile } from '../../inspect/evidence.ts'
import { type Architecture, architectureRow } from '../../lambda/architecture.ts'
import { codeFolders } from '../facts/code-folders.ts'
import { isFile } from '../facts/image-tree.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'

/** The Python of a runtime or image, and where it looks for modules. */
export type Interpreter = {
  /** `3.11`. */
  readonly version: string
  readonly minor: number
  /** Of the release; absent when the runtime's files were not read, or do not tell it. */
  readonly patch?: number
  readonly architecture: Architecture
  /** Absent when the runtime's files were not read. */
  readonly program?: ElfFile
  /** Folder of `os.py`; absent when it was not read. */
  readonly standardLibrary?: string
  /** sys.path, links resolved, without what does not exist. */
  readonly path: readonly string[]
  /** Endings of extension modules in the order in which they are tried (importlib.machinery.EXTENSION_SUFFIXES). */
  readonly suffixes: readonly string[]
}

const known = new WeakMap<RuntimeView, Map<Architecture, Interpreter | undefined>>()

/** `undefined`: no Python runs here, or nobody can tell which. */
export function pythonInterpreter(view: RuntimeView, architecture: Architecture): Interpreter | undefined {
  const byArchitecture = known.get(view) ?? new Map<Architecture, Interpreter | undefined>()
  known.set(view, byArchitecture)
  if (!byArchitecture.has(architecture)) byArchitecture.set(architecture, search(view, architecture))
  return byArchitecture.get(architecture)
}

function search(view: RuntimeView, architecture: Architecture): Interpreter | undefined {
  const found = findProgram(view)
  const version = found?.version ?? pythonVersion(view)
  if (version === undefined) return undefined
  const prefixes = [...(found?.prefixes ?? []), '/var/lang', '/usr/local', '/usr']
  const libraries = prefixes.flatMap((prefix) => ['lib', 'lib64'].map((lib) => `${prefix}/${lib}/python${version}`))
  const standardLibrary = libraries.find(
    (folder) => isFile(view.tree.resolve(`${folder}/os.py`)) || isFile(view.tree.resolve(`${folder}/os.pyc`)),
  )
  const folders = [
    ...codeFolders(view),
    ...pythonPath(view, version),
    ...(standardLibrary === undefined ? [] : [standardLibrary, `${standardLibrary}/lib-dynload`]),
    ...prefixes.flatMap((prefix) => [
      `${prefix}/lib64/python${version}/site-packages`,
      `${prefix}/lib/python${version}/site-packages`,
      `${prefix}/lib/python${version}/dist-packages`,
    ]),
    '/usr/lib/python3/dist-packages',
  ]
  const existing = folders.flatMap((folder) => {
    const entry = view.tree.resolve(folder)
    return entry?.type === 'directory' ? [entry.path] : []
  })
  const read = standardLibrary === undefined ? undefined : view.tree.resolve(standardLibrary)?.path
  return {
    version,
    minor: Number(version.split('.')[1]),
    ...patchRelease(view, version),
    architecture,
    ...(found?.elf === undefined ? {} : { program: found.elf }),
    ...(read === undefined ? {} : { standardLibrary: read }),
    path: [...new Set(existing)],
    suffixes: [`.${soabi(view, version, architecture, read)}.so`, '.abi3.so', '.so'],
  }
}

/** What Lambda's bootstrap puts in front (AWS documentation, "Working with layers for Python Lambda functions"). */
function pythonPath(view: RuntimeView, version: string): readonly string[] {
  const set = view.environment.PYTHONPATH
  const own = set === undefined ? [] : set.split(':').filter((folder) => folder.startsWith('/'))
  return [...own, `/opt/python/lib/python${version}/site-packages`, '/opt/python', '/var/runtime']
}

/** Lambda's images get new ones all the time: only what was read of this one counts. */
function patchRelease({ tools, confidence }: RuntimeView, version: string): Pick<Interpreter, 'patch'> {
  const [, release, patch] = /^(3\.\d+)\.(\d+)/.exec(tools.python ?? '') ?? []
  return release === version && patch !== undefined && confidence === 'proven' ? { patch: Number(patch) } : {}
}

type Program = { readonly version: string; readonly prefixes: readonly string[]; readonly elf?: ElfFile }

function findProgram(view: RuntimeView): Program | undefined {
  const wanted = pythonVersion(view)
  const folders = ['/var/lang/bin', ...(view.environment.PATH ?? '').split(':'), '/usr/local/bin', '/usr/bin']
  for (const folder of new Set(folders.filter((one) => one.startsWith('/')))) {
    for (const name of [...(wanted === undefined ? [] : [`python${wanted}`]), 'python3', 'python']) {
      const path = posix.join(folder, name)
      const entry = view.tree.resolve(path)
      if (!isFile(entry)) continue
      const version = /python(3\.\d+)$/.exec(entry.path)?.[1] ?? wanted ?? onlyVersion(view, entry.path)
      if (version === undefined || (wanted !== undefined && version !== wanted)) continue
      const elf = view.tree.elf.get(entry.path)
      // A virtual environment's interpreter is a link: its packages lie beside the link, the library beside the target.
      const prefixes = [posix.dirname(folder), posix.dirname(posix.dirname(entry.path))]
      return { version, prefixes: [...new Set(prefixes)], ...(elf === undefined ? {} : { elf }) }
    }
  }
  return undefined
}

/** `3.11`, as the runtime's identifier, the files or the image's environment tell; of another language's runtime mostly nothing. */
export function pythonVersion({ runtime, tools, environment }: RuntimeView): string | undefined {
  if (runtime?.family === 'python') return runtime.id.replace(/^python/, '')
  return /^3\.\d+/.exec(tools.python ?? environment.PYTHON_VERSION ?? '')?.[0]
}

function onlyVersion({ tree }: RuntimeView, program: string): string | undefined {
  const lib = `${posix.dirname(posix.dirname(program))}/lib`
  const minors = Array.from({ length: 25 }, (_, minor) => minor)
  const found = minors.filter((minor) => isFile(tree.resolve(`${lib}/python3.${minor}/os.py`)))
  return found.length === 1 ? `3.${found[0]}` : undefined
}

/** The interpreter's own modules bear it; else as CPython's configure names it. */
function soabi(view: RuntimeView, version: string, architecture: Architecture, library: string | undefined): string {
  const tag = `cpython-${version.replace('.', '')}`
  const { debian } = architectureRow(architecture)
  const triples = [debian, debian.replace(/-gnu$/, '-musl')]
  if (library !== undefined) {
    const names = ['_asyncio', '_json', '_ctypes', '_ssl', 'mmap', '_uuid', 'termios', 'resource']
    for (const triple of triples)
      for (const name of names)
        if (view.tree.entries.has(`${library}/lib-dynload/${name}.${tag}-${triple}.so`)) return `${tag}-${triple}`
  }
  return `${tag}-${view.libc?.family === 'musl' ? triples[1] : debian}`
}
