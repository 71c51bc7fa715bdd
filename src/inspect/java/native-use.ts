import { classMethods } from './class-methods.ts'
import type { InflateAllowance } from './inflate-allowance.ts'
import { allBytes } from './jar-content.ts'
import type { JarEntry } from './jar-directory.ts'
import type { JarNative, NativeUse } from './java-file.ts'
import { packageStem } from './package-stem.ts'

// Jars of one library have fewer; of one with everything in it only the packages that its native code names are read.
const FEW_CLASSES = 3000
// A jar of generated code: what is behind it stays unknown.
const MOST_CLASSES = 20_000

/** How constants of text stand in a class file (JVM specification §4.4.7). */
function constant(text: string): Buffer {
  return Buffer.concat([Buffer.from([1, text.length >> 8, text.length & 0xff]), Buffer.from(text)])
}

// Searched for without their lengths, with which half of a class file begins.
const SYSTEM = Buffer.from('java/lang/System')
const LOADS = [constant('load'), constant('loadLibrary')]
/** Libraries that load C libraries for others. */
const BINDINGS = ['com/sun/jna/Native', 'jnr/ffi/LibraryLoader'].map(
  (name) => [Buffer.from(name), constant(name)] as const,
)
const CAUGHT = ['Throwable', 'Error', 'LinkageError', 'UnsatisfiedLinkError', 'ExceptionInInitializerError'].map(
  (name) => constant(`java/lang/${name}`),
)
const QUERIES = /^(?:is(?:Native\w*)?(?:Available|Loaded)|unavailabilityCause)$/
const ASKS = ['Available', 'Loaded', 'unavailabilityCause'].map((text) => Buffer.from(text))
const PUBLIC_STATIC = 0x0009

/**
 * Which classes of a jar load native code, and which tell others whether that succeeded: who can ask goes on without it.
 * `undefined`: more classes than are read.
 */
export function nativeUse(
  jar: Buffer,
  entries: readonly JarEntry[],
  natives: readonly JarNative[],
  allowance: InflateAllowance,
): NativeUse | undefined {
  const classes = entries.filter(({ name }) => name.endsWith('.class'))
  const packages = new Set(natives.flatMap(({ packages: of = [] }) => of))
  const wanted =
    classes.length <= FEW_CLASSES ? classes : classes.filter(({ name }) => packages.has(packageStem(name) ?? ''))
  if (wanted.length > MOST_CLASSES) return undefined
  const loaders = new Set<string>()
  const askable = new Set<string>()
  for (const entry of wanted) {
    if (allowance.refuses(entry.length) !== undefined) return undefined
    const bytes = allBytes(jar, entry)
    if (typeof bytes === 'string') continue
    const stem = packageStem(entry.name) ?? ''
    const loads = loadsNative(bytes)
    if (loads) loaders.add(stem)
    if (canBeAsked(bytes) && (loads || CAUGHT.some((name) => bytes.includes(name)))) askable.add(stem)
  }
  return { loaders: [...loaders].sort(), askable: [...askable].sort() }
}

function loadsNative(bytes: Buffer): boolean {
  return (
    (bytes.includes(SYSTEM) && LOADS.some((name) => bytes.includes(name))) ||
    BINDINGS.some(([text, name]) => bytes.includes(text) && bytes.includes(name))
  )
}

function canBeAsked(bytes: Buffer): boolean {
  if (!ASKS.some((text) => bytes.includes(text))) return false
  return classMethods(bytes).some(
    ({ flags, name, descriptor }) =>
      (flags & PUBLIC_STATIC) === PUBLIC_STATIC && descriptor.startsWith('()') && QUERIES.test(name),
  )
}
