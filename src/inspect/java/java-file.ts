import type { ElfFile } from '../evidence.ts'

/** What one file of a Java program says. */
export type JavaFile = JavaJar | JavaClass

/** A jar (or war): `path` is the file. */
export type JavaJar = {
  readonly kind: 'jar'
  readonly path: string
  /** `group:artifact` of its pom.properties, when it holds exactly one. */
  readonly coordinates?: string
  /** Class files that every JVM loads (not META-INF/versions, not module-info), by version, newest first. */
  readonly classes: readonly ClassCount[]
  readonly natives: readonly JarNative[]
  /** CRC-32 of the name of every class file in it (`com/example/App.class`), four little-endian bytes each, in base64. */
  readonly classNames?: string
  /** Of a jar with native code for Lambda's processors; absent: its classes were not read. */
  readonly nativeUse?: NativeUse
  /** Why not all of it was read. */
  readonly unread?: string
}

/**
 * What classes do with native code, by the first two parts of their packages (`org/sqlite`). `loaders` load it; `askable`
 * tell others whether it was loaded (`isAvailable()`), so that these can go on without it.
 */
export type NativeUse = { readonly loaders: readonly string[]; readonly askable: readonly string[] }

/** `major`: class file version (JVM specification §4.1); `preview`: compiled with --enable-preview, for that version only. */
export type ClassCount = {
  readonly major: number
  readonly preview: boolean
  readonly count: number
  /** One of them: its name in the jar. */
  readonly example: string
}

/** Native code in a jar, by its bytes; `name` in the jar. */
export type JarNative = {
  readonly name: string
  readonly format: 'elf' | 'mach-o' | 'pe' | 'other'
  /** e_machine and class of an ELF file. */
  readonly machine?: number
  readonly class?: 32 | 64
  /** It has functions for the JVM by name (`Java_…`) or registers them (`JNI_OnLoad`): a JVM loads it as such. */
  readonly jni?: true
  /** First two parts of the packages whose native methods it has by name, `org/sqlite`. */
  readonly packages?: readonly string[]
  /** Why it cannot be unpacked, or be loaded once it is. */
  readonly problem?: string
  /** Why nobody looked into it. */
  readonly unread?: string
  /** Of `other` under a name for Linux: its bytes, and the first of them as text, control characters as `.`, at most 64. */
  readonly size?: number
  readonly head?: string
} & JarElf

/** What the loader asks of an ELF file, as far as it could be read. Absent: not read, or for a processor that Lambda does not have. */
type JarElf = Partial<
  Pick<
    ElfFile,
    | 'truncated'
    | 'type'
    | 'osAbi'
    | 'interpreter'
    | 'soname'
    | 'needed'
    | 'rpath'
    | 'runpath'
    | 'noDefaultFolders'
    | 'versionsNeeded'
  >
>

/** A class file outside of jars. */
export type JavaClass = {
  readonly kind: 'class'
  readonly path: string
  readonly major: number
  readonly preview: boolean
}
