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
  /** Why not all of it was read. */
  readonly unread?: string
}

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
  /** What tells the system it was linked for. Absent: too large, broken, or for a processor that Lambda does not have. */
  readonly osAbi?: number
  readonly interpreter?: string
  readonly needed?: readonly string[]
}

/** A class file outside of jars. */
export type JavaClass = {
  readonly kind: 'class'
  readonly path: string
  readonly major: number
  readonly preview: boolean
}
