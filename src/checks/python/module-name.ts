/** Native files by their endings, of any system. */
export const NATIVE = /\.(?:so|pyd|dylib|dll)$/i

/** `_zmq` of `/opt/python/zmq/_zmq.cpython-311-x86_64-linux-gnu.so`. */
export function nameOf(path: string): string {
  return withoutSuffix(path).slice(path.lastIndexOf('/') + 1)
}

/** The path up to the first dot of the file's name. */
export function withoutSuffix(path: string): string {
  const name = path.lastIndexOf('/') + 1
  const dot = path.indexOf('.', name + 1)
  return dot === -1 ? path : path.slice(0, dot)
}

/** True when this Python would import the file as a module of the name before the first dot. */
export function isImportable(path: string, suffixes: readonly string[]): boolean {
  return path.endsWith('.so') && suffixes.includes(path.slice(withoutSuffix(path).length))
}

const TAG = /^\.(?:(?:cpython|cp\d|abi\d|pypy|graalpy)[\w-]*\.)?(?:so|pyd|dylib|dll)$/i

/** False of what has more dots in its name than a tag brings, which no Python imports: mpi4py's `MPI.openmpi.cpython-311-….so`. */
export function isModuleFile(path: string): boolean {
  return NATIVE.test(path) && TAG.test(path.slice(withoutSuffix(path).length))
}
