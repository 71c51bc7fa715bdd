/** Folders on Python's path, and what lies below them. */
const SITE = /^(?:.*\/(?:site|dist)-packages|\/opt\/python|\/var\/(?:task|runtime))\/(.+)$/
// SWIG's modules bear no tag: `_nlopt.so`.
const EXTENSION = /(?:\.(?:cpython-\d+[\w-]*|abi3)|\/_[A-Za-z]\w*)\.so$/
// OpenCV's is of 64 MiB; larger ones are made by other compilers, or hold the code of modules that are small.
const LARGEST = 80 * 1024 * 1024
const CYTHON = Buffer.from('_cython_')
/** Every module that cffi made asks for its own before anything else; so does the Rust of cryptography. */
export const CFFI_MODULE = '_cffi_backend'
const CFFI = Buffer.from(CFFI_MODULE)
const MYPYC = Buffer.from('__mypyc\0')
const NAME = /^[A-Za-z_]\w*(?:\.\w+)+$/
const LONGEST = 200
const MOST_NAMES = 2000

/** How much to read of a file that may be a compiled module. */
export function wantedOfCompiled(path: string, size: number): number {
  return EXTENSION.test(path) && SITE.test(path) && size <= LARGEST ? LARGEST : 0
}

/**
 * Names that may be those of modules which a compiled module imports before anything else: what Cython takes C types and
 * functions from (`cimport`), and the library that mypyc puts the code of several modules in. Nothing guards either.
 */
export function compiledImports(path: string, bytes: Buffer): readonly string[] {
  const [top, ...others] = SITE.exec(path)?.[1]?.split('/') ?? []
  if (top === undefined) return []
  const found = new Set<string>()
  for (let at = bytes.indexOf(MYPYC); at !== -1; at = bytes.indexOf(MYPYC, at + MYPYC.length)) {
    // In a small file code may stand right before it.
    const [name] = /[\w.]+$/.exec(textBefore(bytes, at + MYPYC.length - 1)) ?? []
    if (name !== undefined) found.add(name)
  }
  if (!top.startsWith(CFFI_MODULE) && bytes.includes(CFFI)) found.add(CFFI_MODULE)
  if (others.length === 0 || !bytes.includes(CYTHON)) return [...found]
  const prefix = Buffer.from(`\0${top}.`)
  for (let at = bytes.indexOf(prefix); at !== -1 && found.size < MOST_NAMES; at = bytes.indexOf(prefix, at + 1)) {
    const end = bytes.indexOf(0, at + 1)
    if (end === -1 || end - at > LONGEST) continue
    const name = bytes.toString('latin1', at + 1, end)
    if (NAME.test(name)) found.add(name)
  }
  return [...found]
}

// Code and numbers may stand right before it.
const NUMPY_1 = Buffer.from('numpy.core._multiarray_umath\0')
const NUMPY_2 = Buffer.from('numpy._core._multiarray_umath\0')

/** True when it was compiled against NumPy 1, whose C interface NumPy 2 refuses; what is compiled against 2 takes both. */
export function isMadeForNumpy1(bytes: Buffer): boolean {
  return bytes.includes(NUMPY_1) && !bytes.includes(NUMPY_2)
}

/** True when it asks for NumPy's C interface (`import_array`). */
export function fillsNumpy(bytes: Buffer): boolean {
  return (bytes.includes(NUMPY_1) || bytes.includes(NUMPY_2)) && !goesOnWithoutNumpy(bytes)
}

const PYBIND = Buffer.from('pybind11')
/** Type of an exception that pybind11 itself never throws: onnxruntime's module does since 1.17, where NumPy refuses it. */
const GIVES_UP = Buffer.from('N8pybind1112import_errorE\0')

/** Such modules print what NumPy says as they begin (onnxruntime), and go on: the first use of an array ends the process. */
export function goesOnWithoutNumpy(bytes: Buffer): boolean {
  return bytes.includes(PYBIND) && !bytes.includes(GIVES_UP)
}

/** What PyO3 says to a second attempt in builds for several Pythons that begin with 3.8, whatever became of the first. */
const ONCE = Buffer.from('PyO3 modules compiled for CPython 3.8 or older may only be initialized once')

/** True when a module that failed to be initialized raises ImportError from then on, whatever it raised before. */
export function isInitializedOnce(bytes: Buffer): boolean {
  return bytes.includes(ONCE)
}

/** The string that ends there. */
function textBefore(bytes: Buffer, end: number): string {
  return bytes.toString('latin1', bytes.lastIndexOf(0, end - 1) + 1, end).slice(-LONGEST)
}

/** The same of a source, which may be that of a package. */
export function sourceOf(path: string): ReturnType<typeof moduleOf> {
  const module = moduleOf(path)
  return module === undefined ? undefined : { ...module, name: module.name.replace(/\.__init__$/, '') }
}

/** The path up to where its module's name begins, and that name. */
export function moduleOf(path: string): { readonly site: string; readonly name: string } | undefined {
  const [, below] = SITE.exec(path) ?? []
  if (below === undefined) return undefined
  const name = below.replace(/\.[^/]*$/, '').replaceAll('/', '.')
  return { site: path.slice(0, path.length - below.length - 1), name }
}
