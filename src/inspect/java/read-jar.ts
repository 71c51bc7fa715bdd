import { posix } from 'node:path'
import { crc32 } from 'node:zlib'
import { CLASS_HEADER, classVersion } from './class-version.ts'
import type { InflateAllowance } from './inflate-allowance.ts'
import { firstBytes } from './jar-content.ts'
import { type JarEntry, jarEntries } from './jar-directory.ts'
import type { ClassCount, JavaJar } from './java-file.ts'
import { nativeInJar } from './native-in-jar.ts'
import { nativeUse } from './native-use.ts'

// Some put the platform behind the ending (`libduckdb_java.so_linux_amd64`).
const NATIVE = /\.(?:so(?:\.\d+)*(?:_\w+)?|jnilib|dylib|dll)$/
// Chosen by the JVM by its own version, or not loaded at all.
const NOT_FOR_ALL = /^META-INF\/versions\/|(?:^|\/)(?:module|package)-info\.class$/
const POM = /^META-INF\/maven\/[^/]+\/[^/]+\/pom\.properties$/
const MOST_NATIVES = 500

/** What a jar holds, from its directory and the first bytes of its classes and libraries. Never throws. */
export function readJar(path: string, jar: Buffer, size: number, allowance: InflateAllowance): JavaJar {
  if (jar.length < size)
    return { kind: 'jar', path, classes: [], natives: [], unread: `${size} bytes are too many to be kept` }
  const entries = jarEntries(jar)
  const named = entries.filter(({ name }) => NATIVE.test(name)).slice(0, MOST_NATIVES)
  const natives = named.map((entry) => nativeInJar(jar, entry, allowance))
  const use = natives.some(({ type }) => type !== undefined) ? nativeUse(jar, entries, natives, allowance) : undefined
  const poms = entries.filter(({ name }) => POM.test(name))
  const coordinates = poms.length === 1 ? coordinatesOf(poms[0]?.name ?? '') : undefined
  return {
    kind: 'jar',
    path,
    ...(coordinates === undefined ? {} : { coordinates }),
    classes: classCounts(jar, entries),
    classNames: classNames(entries),
    natives,
    ...(use === undefined ? {} : { nativeUse: use }),
    ...(entries.length === 0 ? { unread: 'it has no directory of files' } : {}),
  }
}

function classNames(entries: readonly JarEntry[]): string {
  const names = entries.filter(({ name }) => name.endsWith('.class'))
  const hashes = Buffer.alloc(names.length * 4)
  for (const [index, { name }] of names.entries()) hashes.writeUInt32LE(crc32(name), index * 4)
  return hashes.toString('base64')
}

function classCounts(jar: Buffer, entries: readonly JarEntry[]): readonly ClassCount[] {
  const counts = new Map<string, ClassCount>()
  for (const entry of entries) {
    if (!entry.name.endsWith('.class') || NOT_FOR_ALL.test(entry.name)) continue
    const version = classVersion(firstBytes(jar, entry, CLASS_HEADER))
    if (version === undefined) continue
    const key = `${version.major} ${version.preview}`
    const known = counts.get(key)
    counts.set(
      key,
      known === undefined ? { ...version, count: 1, example: entry.name } : { ...known, count: known.count + 1 },
    )
  }
  return [...counts.values()].sort((a, b) => b.major - a.major || Number(a.preview) - Number(b.preview))
}

/** `META-INF/maven/<group>/<artifact>/pom.properties`. */
function coordinatesOf(pom: string): string {
  const folder = posix.dirname(pom)
  return `${posix.basename(posix.dirname(folder))}:${posix.basename(folder)}`
}
