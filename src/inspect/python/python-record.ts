import type { PythonRecord } from './python-file.ts'
import { type RecordedFile, recordedProgram } from './recorded-program.ts'

const NATIVE = /\.(?:so(?:\.[\d.]+)?|pyd|dylib|dll)$/i
const EXTENSION = /^([^./]+)\.(?:[^/]*\.)?(?:so|pyd)$/
/** Beside modules, without a tag: opened by its path, or linked against. */
const LIBRARY = /^lib[^.]*\.so$/
const MODULE = /^([^./]+)\.py$/
/** Where `pip --target` puts programs and data: what wheels bring there besides is run or read, and never imported. */
const PROGRAMS = new Set<string | undefined>(['bin', 'share'])
const NAME = /^[A-Za-z_]\w*$/

/** RECORD (https://packaging.python.org/specifications/recording-installed-packages) as far as rules ask. */
export function readRecord(text: string): PythonRecord {
  const recorded = text.split('\n').flatMap((line) => recordedFile(line) ?? [])
  const paths = recorded.map(({ path }) => path).filter((path) => !path.startsWith('..') && !path.startsWith('/'))
  const own = paths.filter((path) => !/^[^/]+\.dist-info\//.test(path) && !path.includes('__pycache__/'))
  const packages = new Set(own.flatMap((path) => packageOf(path)))
  const modules = new Set<string>()
  const others = new Set<string>()
  for (const path of own) {
    const folders = path.split('/')
    const file = folders.pop() ?? ''
    const at = folders.findIndex((_, index) => packages.has(folders.slice(0, index + 1).join('/')))
    if (at !== -1) modules.add(folders.slice(0, at + 1).join('.'))
    else {
      const name = (MODULE.exec(file) ?? EXTENSION.exec(file))?.[1]
      // A module in a folder without `__init__` is one of a namespace package.
      const isOther = PROGRAMS.has(folders[0]) || (folders.length > 0 && LIBRARY.test(file))
      if (name !== undefined && !isOther && [...folders, name].every((part) => NAME.test(part)))
        modules.add([...folders, name].join('.'))
      else others.add(folders[0] ?? file)
    }
  }
  const program = recordedProgram(recorded)
  return {
    files: paths.length,
    native: own.filter((path) => NATIVE.test(path)),
    modules: [...modules].filter((name) => !name.startsWith('__')).slice(0, 2000),
    others: [...others].slice(0, 200),
    ...(program === undefined ? {} : { program }),
  }
}

/** The folder, when the file makes it a package. */
function packageOf(path: string): readonly string[] {
  const at = path.lastIndexOf('/')
  if (at === -1) return []
  const file = path.slice(at + 1)
  return file === '__init__.py' || /^__init__\.(?:[^/]*\.)?(?:so|pyd|pyc)$/.test(file) ? [path.slice(0, at)] : []
}

function recordedFile(line: string): RecordedFile | undefined {
  if (line === '') return undefined
  const size = Number(/,(\d+)\r?$/.exec(line)?.[1] ?? 0)
  if (line.startsWith('"')) {
    const end = line.indexOf('",')
    return end === -1 ? undefined : { path: line.slice(1, end).replaceAll('""', '"'), size }
  }
  // The hash and the size hold no comma.
  const parts = line.replace(/\r$/, '').split(',')
  return parts.length < 3 ? undefined : { path: parts.slice(0, -2).join(',').replaceAll('\\', '/'), size }
}
