import { posix } from 'node:path'
import { bytesOf, programHead } from './buffers.ts'
import type { Engine } from './engine.ts'
import { jsonFile } from './json-files.ts'
import { fromJson, get, type Native, namespace, texts } from './natives.ts'
import type { ScriptHost } from './script-host.ts'
import { Thing, Thrown, UNKNOWN, type Value } from './values.ts'

/** `fs`, as far as it is about what is there. */
export function fsModule(engine: Engine, host: ScriptHost): Thing {
  const { tree } = host
  const place = (value: Value): string | undefined => {
    const text = value instanceof Thing ? value.text : value
    if (typeof text !== 'string') return undefined
    if (text === '/proc/self/exe') return host.program
    const path = text.startsWith('file://') ? text.slice('file://'.length) : text
    // What is written while the function runs is not known.
    return /^\/(?:tmp|proc|sys|dev)(?:\/|$)/.test(path) ? undefined : posix.resolve(host.workingFolder, path)
  }
  const exists = (path: string): boolean => {
    const found = path === host.program || tree.fileAt(path) !== undefined || tree.isFolder(path)
    if (!found) host.probed(path)
    return found
  }
  const absent = (path: string, call: string): Thrown =>
    new Thrown(
      engine.error('Error', `ENOENT: no such file or directory, ${call} '${path}'`, {
        code: 'ENOENT',
        errno: -2,
        path,
      }),
      false,
      engine.path,
      engine.at,
    )
  const about =
    (call: string, give: (path: string) => Value): Native =>
    (_, [value, options]) => {
      const path = place(value)
      if (path === undefined) return UNKNOWN
      if (exists(path)) return give(path)
      if (options instanceof Thing && options.properties.get('throwIfNoEntry')?.value === false) return undefined
      throw absent(path, call)
    }
  const stats = (path: string): Value => {
    const isFolder = tree.isFolder(path)
    return namespace(engine, { isFile: () => !isFolder, isDirectory: () => isFolder, isSymbolicLink: () => false })
  }
  const functions: Readonly<Record<string, Native>> = {
    existsSync(_, [value]) {
      const path = place(value)
      return path === undefined ? (value === undefined ? false : UNKNOWN) : exists(path)
    },
    accessSync: about('access', () => undefined),
    statSync: about('stat', stats),
    lstatSync: about('lstat', stats),
    realpathSync: about('realpath', (path) => tree.fileAt(path) ?? path),
    readdirSync: about('scandir', (path) => engine.array([...tree.namesIn(path)].sort())),
    readFileSync: (self, given) =>
      given[0] === '/proc/self/maps'
        ? mapsOf(host)
        : about('open', (path) => fileText(engine, host, path))(self, given),
    openSync: about('open', (path) => {
      const file = engine.object()
      file.text = path
      return file
    }),
    closeSync: () => undefined,
    readSync(_, [file, buffer, ...given]) {
      const into = bytesOf(buffer)
      const isProgram = file instanceof Thing && file.text === host.program
      if (!isProgram || into === undefined) return UNKNOWN
      const [first] = given
      const parts =
        first instanceof Thing ? ['offset', 'length', 'position'].map((name) => get(engine, first, name)) : given
      const [offset = 0, length = into.length, position = 0] = parts.map((one) =>
        one == null ? undefined : Number(one),
      )
      return programHead(tree).copy(into, offset, position, position + length)
    },
  }
  const promises = namespace(
    engine,
    Object.fromEntries(
      ['access', 'stat', 'lstat', 'readdir', 'readFile', 'realpath'].map((name) => [
        name,
        (self: Value, given: readonly Value[]) =>
          engine.promise(() => asPromise(() => functions[`${name}Sync`]?.(self, given))),
      ]),
    ),
  )
  return namespace(engine, functions, { promises })
}

function asPromise(work: () => Value) {
  try {
    return { kind: 'done', value: work() } as const
  } catch (error) {
    if (!(error instanceof Thrown)) throw error
    return { kind: 'failed', reason: error.value } as const
  }
}

/** As far as packages look in it for the libc that the process runs on. */
function mapsOf({ tree }: ScriptHost): string {
  const machine = tree.cpu === 'arm64' ? 'aarch64' : 'x86-64'
  return tree.libc === 'musl'
    ? `/lib/ld-musl-${machine.replace('-', '_')}.so.1\n`
    : `/lib64/ld-linux-${machine}.so.2\n/lib64/libc.so.6\n`
}

/** Texts of which something is known: a package.json, and the `ldd` by which packages tell one libc from another. */
function fileText(engine: Engine, { tree, program }: ScriptHost, path: string): Value {
  if (path === program) return programText(engine, tree.libc)
  if (posix.basename(path) === 'ldd') return tree.libc === 'musl' ? 'musl libc' : 'GNU C Library (GNU libc)'
  const json = path.endsWith('.json') ? jsonFile(engine, tree, path) : UNKNOWN
  if (json === UNKNOWN) return UNKNOWN
  const text = new Thing(null)
  text.opaque = true
  text.properties.set('%json', { value: json })
  for (const name of ['toString', 'trim']) text.properties.set(name, { value: engine.native(() => text) })
  return text
}

/** Node.js itself, which old packages search for the name of musl. */
function programText(engine: Engine, libc: 'glibc' | 'musl'): Value {
  const search =
    (absent: Value): Native =>
    (_, [name]) =>
      libc === 'glibc' && typeof name === 'string' && name.includes('musl') ? absent : UNKNOWN
  return namespace(engine, { indexOf: search(-1), includes: search(false), toString: (self: Value) => self })
}

const PATH_FUNCTIONS = [
  'join',
  'resolve',
  'dirname',
  'basename',
  'extname',
  'normalize',
  'relative',
  'isAbsolute',
] as const

export function pathModule(engine: Engine, host: ScriptHost): Thing {
  const parse: Native = (_, given) => {
    const [path] = texts(given) ?? []
    return path === undefined ? UNKNOWN : fromJson(engine, posix.parse(path))
  }
  const made = namespace(
    engine,
    Object.fromEntries([
      ['parse', parse],
      ...PATH_FUNCTIONS.map((name): [string, Native] => [
        name,
        (_, given) => {
          const known = texts(given)
          if (known === undefined) return UNKNOWN
          if (name === 'resolve') return posix.resolve(host.workingFolder, ...known)
          return (posix[name] as (...parts: readonly string[]) => Value)(...known)
        },
      ]),
    ]),
    { sep: '/', delimiter: ':' },
  )
  made.properties.set('posix', { value: made })
  return made
}
