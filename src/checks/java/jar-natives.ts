import { posix } from 'node:path'
import type { JarNative, JavaJar } from '../../inspect/java/java-file.ts'
import { type Architecture, architectureRow } from '../../lambda/architecture.ts'
import { variantKey } from '../facts/platform-variant.ts'
import { type TargetSystem, targetSystem } from '../native/target-system.ts'

/** What native code has to fit. */
export type NativeTarget = { readonly architecture: Architecture; readonly libc: 'glibc' | 'musl' }

/**
 * What a jar's native code is to a function. `target`: some of it fits; `sibling`: a jar that differs only in the platform
 * in its name has what fits; `feature`: what it does is another system's, as its name says, and nobody misses it here;
 * `none`: the library has nothing that fits.
 */
export type JarRole = 'target' | 'sibling' | 'feature' | 'none'

/** True when the bytes are for the function's system, and the folder that the library looks in is not another system's. */
export function fits(native: JarNative, { architecture, libc }: NativeTarget): boolean {
  if (native.format !== 'elf' || native.machine !== architectureRow(architecture).elfMachine) return false
  if (native.class !== 64) return false
  const system = systemOf(native)
  return (system === 'any' || system === libc) && (namedSystem(native.name) ?? libc) === libc
}

/** What it was linked for; by its name where its bytes say nothing, or could not be read. */
export function systemOf({ name, osAbi = 0, interpreter, needed = [] }: JarNative): TargetSystem {
  const system = targetSystem({ osAbi, needed, ...(interpreter === undefined ? {} : { interpreter }) })
  return system === 'any' ? (namedSystem(name) ?? 'any') : system
}

// Folders by which libraries choose: os-maven-plugin, JNA, JavaCPP, snappy, sqlite-jdbc, zstd-jni.
const SYSTEMS: readonly (readonly [RegExp, TargetSystem])[] = [
  [/musl|alpine/i, 'musl'],
  [/android/i, 'android'],
  [/(?:free|open|net|dragonfly)bsd/i, 'bsd'],
  [/sunos|solaris/i, 'solaris'],
]

/** The system that a name in a jar gives; `undefined`: none, which is glibc's in all of these libraries. */
function namedSystem(name: string): TargetSystem | undefined {
  return SYSTEMS.find(([pattern]) => pattern.test(name))?.[1]
}

/** What each jar with native code is. */
export function jarRoles(jars: readonly JavaJar[], target: NativeTarget): ReadonlyMap<JavaJar, JarRole> {
  const native = jars.filter(({ natives }) => natives.length > 0)
  const has = (jar: JavaJar) => jar.natives.some((one) => fits(one, target))
  const served = new Set(native.filter(has).map(family))
  return new Map(
    native.map((jar): [JavaJar, JarRole] => {
      if (has(jar)) return [jar, 'target']
      if (served.has(family(jar))) return [jar, 'sibling']
      return [jar, isFeature(artifact(jar)) ? 'feature' : 'none']
    }),
  )
}

/** `netty-tcnative-boringssl-static-2.0.65.Final-osx-aarch_64.jar` and its siblings are one. */
function family({ path }: JavaJar): string {
  return variantKey(posix.basename(path))
}

// Macs have kqueue where Linux has epoll. A system in the name of the library itself, not in the classifier behind its
// version: there is no other variant of it.
const OTHERS_ONLY = /kqueue|macos|osx|darwin|windows|win32/i
// A name with a processor too (`native-osx-aarch64`) is that of one variant among others.
const PROCESSOR = /(?:^|[-_])(?:x86[-_]64|amd64|x64|aarch_?64|arm64|i[36]86|x86)(?:[-_]|$)/i

function isFeature(name: string): boolean {
  return OTHERS_ONLY.test(name) && !PROCESSOR.test(name)
}

function artifact({ path }: JavaJar): string {
  return posix.basename(path, '.jar').replace(/-\d.*$/, '')
}

/** The libraries of a jar by what they are called on every platform, e.g. `libfoo.so` and `foo.dll`. */
export function nativeFamilies({ natives }: JavaJar): readonly (readonly JarNative[])[] {
  const groups = new Map<string, JarNative[]>()
  for (const one of natives) groups.set(stem(one.name), [...(groups.get(stem(one.name)) ?? []), one])
  return [...groups.values()]
}

function stem(name: string): string {
  const base = posix.basename(name).replace(/\.(?:so(?:\.\d+)*(?:_\w+)?|jnilib|dylib|dll)$/, '')
  return variantKey(base.replace(/^lib/, '')).replace(/[-_.]?\*/g, '')
}
