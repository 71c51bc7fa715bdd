import { posix } from 'node:path'
import { crc32 } from 'node:zlib'
import { wholeFile } from '../byte-windows.ts'
import { readElf } from '../elf.ts'
import { CLASS_HEADER, classVersion } from './class-version.ts'
import { allBytes, firstBytes } from './jar-content.ts'
import { type JarEntry, jarEntries } from './jar-directory.ts'
import type { ClassCount, JarNative, JavaJar } from './java-file.ts'

const NATIVE = /\.(?:so(?:\.\d+)*|jnilib|dylib|dll)$/
// Chosen by the JVM by its own version, or not loaded at all.
const NOT_FOR_ALL = /^META-INF\/versions\/|(?:^|\/)(?:module|package)-info\.class$/
const POM = /^META-INF\/maven\/[^/]+\/[^/]+\/pom\.properties$/
const MOST_NATIVES = 500
// The largest JNI libraries in use; inflating takes a tenth of a second.
const MOST_OF_NATIVE = 64 * 1024 * 1024
// e_machine of the processors that Lambda has.
const X86_64 = 62
const AARCH64 = 183

/** What a jar holds, from its directory and the first bytes of its classes and libraries. Never throws. */
export function readJar(path: string, jar: Buffer, size: number): JavaJar {
  if (jar.length < size)
    return { kind: 'jar', path, classes: [], natives: [], unread: `${size} bytes are too many to be kept` }
  const entries = jarEntries(jar)
  const natives = entries.filter(({ name }) => NATIVE.test(name)).slice(0, MOST_NATIVES)
  const poms = entries.filter(({ name }) => POM.test(name))
  const coordinates = poms.length === 1 ? coordinatesOf(poms[0]?.name ?? '') : undefined
  return {
    kind: 'jar',
    path,
    ...(coordinates === undefined ? {} : { coordinates }),
    classes: classCounts(jar, entries),
    classNames: classNames(entries),
    natives: natives.map((entry) => nativeOf(jar, entry)),
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

function nativeOf(jar: Buffer, entry: JarEntry): JarNative {
  const head = firstBytes(jar, entry, 20)
  const magic = head.length < 20 ? 0 : head.readUInt32BE(0)
  if (magic === 0x7f454c46) {
    const machine = head[5] === 2 ? head.readUInt16BE(18) : head.readUInt16LE(18)
    const elf = { name: entry.name, format: 'elf', machine, class: head[4] === 1 ? 32 : 64 } as const
    return machine === X86_64 || machine === AARCH64 ? { ...elf, ...linkedFor(jar, entry) } : elf
  }
  if (MACH_O.has(magic)) return { name: entry.name, format: 'mach-o' }
  if (magic >>> 16 === 0x4d5a) return { name: entry.name, format: 'pe' }
  return { name: entry.name, format: 'other' }
}

function linkedFor(jar: Buffer, entry: JarEntry): Pick<JarNative, 'osAbi' | 'interpreter' | 'needed'> {
  const bytes = allBytes(jar, entry, MOST_OF_NATIVE)
  if (bytes === undefined) return {}
  const { problem, osAbi, interpreter, needed } = readElf(entry.name, wholeFile(bytes))
  if (problem !== undefined) return {}
  return { osAbi, needed, ...(interpreter === undefined ? {} : { interpreter }) }
}

// <mach-o/loader.h>, <mach-o/fat.h>: both byte orders, 32 and 64 bit, universal.
const MACH_O = new Set([0xfeedface, 0xcefaedfe, 0xfeedfacf, 0xcffaedfe, 0xcafebabe, 0xbebafeca])

/** `META-INF/maven/<group>/<artifact>/pom.properties`. */
function coordinatesOf(pom: string): string {
  const folder = posix.dirname(pom)
  return `${posix.basename(posix.dirname(folder))}:${posix.basename(folder)}`
}
