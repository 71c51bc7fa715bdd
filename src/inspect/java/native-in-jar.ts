import { wholeFile } from '../byte-windows.ts'
import { readElf } from '../elf.ts'
import type { InflateAllowance } from './inflate-allowance.ts'
import { allBytes, firstBytes } from './jar-content.ts'
import type { JarEntry } from './jar-directory.ts'
import type { JarNative } from './java-file.ts'
import { stemOfNativeMethod } from './package-stem.ts'

const HEAD = 64
const ELF_MAGIC = 0x7f454c46
const LINUX_NAME = /\.so(?:\.\d+)*$/
// e_machine of the processors that Lambda has.
const X86_64 = 62
const AARCH64 = 183
// <mach-o/loader.h>, <mach-o/fat.h>: both byte orders, 32 and 64 bit, universal.
const MACH_O = new Set([0xfeedface, 0xcefaedfe, 0xfeedfacf, 0xcffaedfe, 0xcafebabe, 0xbebafeca])
// Names of its symbols. A name begins behind a zero, of which a library has too many to look for them.
const METHOD = Buffer.from('Java_')
const ON_LOAD = Buffer.from('JNI_OnLoad')
const LONGEST_NAME = 256
// Libraries have thousands of one package, and few of several.
const MOST_METHODS = 20_000
const UNPRINTABLE = /[^\x20-\x7e]/g

/** What a file of a jar that is named like native code is. What Lambda's processors may load is inflated whole. */
export function nativeInJar(jar: Buffer, entry: JarEntry, allowance: InflateAllowance): JarNative {
  const { name } = entry
  const head = firstBytes(jar, entry, HEAD)
  const magic = head.length < 20 ? 0 : head.readUInt32BE(0)
  if (magic === ELF_MAGIC) {
    const machine = head[5] === 2 ? head.readUInt16BE(18) : head.readUInt16LE(18)
    const elf = { name, format: 'elf', machine, class: head[4] === 1 ? 32 : 64 } as const
    return machine === X86_64 || machine === AARCH64 ? { ...elf, ...linked(jar, entry, allowance) } : elf
  }
  if (MACH_O.has(magic)) return { name, format: 'mach-o' }
  if (magic >>> 16 === 0x4d5a) return { name, format: 'pe' }
  if (!LINUX_NAME.test(name)) return { name, format: 'other' }
  return { name, format: 'other', size: entry.length, head: head.toString('latin1').replace(UNPRINTABLE, '.') }
}

function linked(jar: Buffer, entry: JarEntry, allowance: InflateAllowance): Omit<JarNative, 'name' | 'format'> {
  const refused = allowance.refuses(entry.length)
  if (refused !== undefined) return { unread: refused }
  const bytes = allBytes(jar, entry)
  if (bytes === 'broken') return { problem: 'its compressed bytes are damaged' }
  if (bytes === 'longer') return { unread: 'it is longer than the directory of the jar says' }
  const elf = readElf(entry.name, wholeFile(bytes), { symbols: false })
  const { isJni, packages } = nativeMethods(bytes)
  return {
    ...(elf.problem === undefined ? {} : { problem: elf.problem }),
    ...(isJni ? { jni: true } : {}),
    ...(packages.length === 0 ? {} : { packages }),
    ...(elf.truncated === undefined ? {} : { truncated: elf.truncated }),
    type: elf.type,
    osAbi: elf.osAbi,
    ...(elf.interpreter === undefined ? {} : { interpreter: elf.interpreter }),
    ...(elf.soname === undefined ? {} : { soname: elf.soname }),
    needed: elf.needed,
    ...(elf.rpath === undefined ? {} : { rpath: elf.rpath }),
    ...(elf.runpath === undefined ? {} : { runpath: elf.runpath }),
    ...(elf.noDefaultFolders === undefined ? {} : { noDefaultFolders: elf.noDefaultFolders }),
    versionsNeeded: elf.versionsNeeded,
  }
}

function nativeMethods(bytes: Buffer): { readonly isJni: boolean; readonly packages: readonly string[] } {
  const packages = new Set<string>()
  let methods = 0
  for (const at of namesFrom(bytes, METHOD)) {
    methods += 1
    const stem = stemOfNativeMethod(bytes.toString('latin1', at, at + LONGEST_NAME))
    if (stem !== undefined) packages.add(stem)
    if (methods === MOST_METHODS) break
  }
  return { isJni: methods > 0 || !namesFrom(bytes, ON_LOAD).next().done, packages: [...packages].sort() }
}

/** Where names begin with these bytes. */
function* namesFrom(bytes: Buffer, beginning: Buffer): Generator<number, void> {
  for (let at = bytes.indexOf(beginning); at !== -1; at = bytes.indexOf(beginning, at + beginning.length)) {
    if (bytes[at - 1] === 0) yield at
  }
}
