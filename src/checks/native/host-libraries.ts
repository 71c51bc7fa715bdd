import type { NativeLoad } from '../facts/native-loads.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { languageLibrary, otherVersion } from './language-library.ts'

/**
 * True for what the process that loads such a file has anyway, under whatever name it was built: the JVM of JNI
 * libraries, Ruby of its extensions. Where the process itself is known, the loader has looked there already. A library of
 * another version of the language than the runtime has is nobody's.
 */
export function isOfHost(soname: string, { by }: Pick<NativeLoad, 'by'>, view?: RuntimeView): boolean {
  if (/^lib(?:jvm|java|jawt|awt|verify|jli)\.so/.test(soname)) return by === 'java' || by === 'other'
  if (/^libnode\.so/.test(soname)) return by === 'node' || by === 'other'
  const library = languageLibrary(soname)
  if (library === undefined || (view !== undefined && otherVersion(library, view) !== undefined)) return false
  return by === 'other' || (by === 'ruby' && library.tool === 'ruby')
}

/** Libraries of a graphics driver: the machine brings them, no package does, and Lambda's has none. */
export function isOfDriver(soname: string): boolean {
  return /^lib(?:cuda|nvidia-[\w-]+|nvcuvid|nvoptix)\.so\.\d+$/.test(soname)
}
