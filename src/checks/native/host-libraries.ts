import type { NativeLoad } from '../facts/native-loads.ts'

/**
 * True for what the process that loads such a file has anyway, under whatever name it was built: the JVM of JNI
 * libraries, Ruby of its extensions. Where the process itself is known, the loader has looked there already.
 */
export function isOfHost(soname: string, { by }: Pick<NativeLoad, 'by'>): boolean {
  if (/^lib(?:jvm|java|jawt|awt|verify|jli)\.so/.test(soname)) return by === 'java' || by === 'other'
  if (/^libnode\.so/.test(soname)) return by === 'node' || by === 'other'
  if (/^libruby[\d.-]*\.so/.test(soname)) return by === 'ruby' || by === 'other'
  return /^libpython[\d.]+m?\.so/.test(soname) && by === 'other'
}

/** Libraries of a graphics driver: the machine brings them, no package does, and Lambda's has none. */
export function isOfDriver(soname: string): boolean {
  return /^lib(?:cuda|nvidia-[\w-]+|nvcuvid|nvoptix)\.so\.\d+$/.test(soname)
}
