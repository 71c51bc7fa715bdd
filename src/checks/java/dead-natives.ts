import { posix } from 'node:path'
import type { JarNative, JavaJar } from '../../inspect/java/java-file.ts'
import type { Subject } from '../check.ts'
import { groupBy } from '../facts/examples.ts'
import { variantKey } from '../facts/platform-variant.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { isUnloadable, type JarLoad, jarLoader } from './jar-loads.ts'
import { fits, type NativeTarget, nativeFamilies } from './jar-natives.ts'

/** Libraries of one jar that are for the function's platform and that its JVM cannot load. */
export type DeadNatives = {
  readonly jar: JavaJar
  /** Those with a reason of their own; what is linked with them fails too. */
  readonly loads: readonly JarLoad[]
  /**
   * `fatal`: the JVM that tries is killed, so that no code goes on; `required`: whoever uses the library fails; `optional`:
   * its code goes on without; `unknown`: nothing shows it.
   */
  readonly need: 'fatal' | 'required' | 'optional' | 'unknown'
}

/** What the loader of one runtime refuses of the jars' libraries for the function's platform, and what could not be told. */
export function deadNatives(
  jars: readonly JavaJar[],
  target: NativeTarget,
  subject: Subject,
  view: RuntimeView,
): { readonly dead: readonly DeadNatives[]; readonly open: readonly string[] } {
  const usable = jars.map((jar) => ({ jar, natives: jar.natives.filter((one) => fits(one, target)) }))
  const load = jarLoader(subject, view, namesOf(usable.flatMap(({ natives }) => natives)))
  const loads = new Map(
    usable.map(({ jar, natives }) => [jar, new Map(natives.map((one) => [one, load(one, jar)]))] as const),
  )
  const fails = failing([...loads.values()].flatMap((ofJar) => [...ofJar.values()]))
  const dead = usable.flatMap(({ jar }) => deadOfJar(jar, loads.get(jar) ?? new Map(), fails))
  const open = [...loads.values()].flatMap((ofJar) => [...ofJar.values()].flatMap((one) => one.open ?? []))
  return { dead, open }
}

/** What a library may be needed by: its soname, and the name of its file. */
function namesOf(natives: readonly JarNative[]): ReadonlySet<string> {
  return new Set(natives.flatMap(providedNames))
}

function providedNames({ name, soname }: JarNative): readonly string[] {
  return [posix.basename(name), ...(soname === undefined ? [] : [soname])]
}

/** Those that cannot be loaded, with those that every library of a needed name fails. */
function failing(loads: readonly JarLoad[]): ReadonlySet<JarLoad> {
  const fails = new Set(loads.filter(isUnloadable))
  const providers = new Map<string, JarLoad[]>()
  for (const one of loads) {
    for (const name of providedNames(one.native)) providers.set(name, [...(providers.get(name) ?? []), one])
  }
  for (let before = -1; before !== fails.size; ) {
    before = fails.size
    for (const one of loads) {
      if (one.partners.some((name) => providers.get(name)?.every((other) => fails.has(other)))) fails.add(one)
    }
  }
  return fails
}

/**
 * A library is lost where every variant of it for the platform is: which of them is taken, the jar's code decides. It is
 * sure to be missed where the jar's other libraries of that place are lost too.
 */
function deadOfJar(
  jar: JavaJar,
  loads: ReadonlyMap<JarNative, JarLoad>,
  fails: ReadonlySet<JarLoad>,
): readonly DeadNatives[] {
  const families = nativeFamilies(jar)
    .map((family) => family.flatMap((one) => loads.get(one) ?? []))
    .filter((family) => family.length > 0)
  const isLost = (family: readonly JarLoad[]) => family.every((one) => fails.has(one))
  // What the JVM is given by name; the others are what those are linked with, or what JNA opens.
  const isRoot = (family: readonly JarLoad[]) => family.some(({ native }) => native.jni === true)
  const hasRoots = families.some(isRoot)
  const units = [...groupBy(families, ([first]) => unit(first?.native.name ?? '')).values()]
  return units.flatMap((of) => {
    const lost = of.filter(isLost)
    const loaded = of.filter((family) => !hasRoots || isRoot(family))
    const own = lost.flat().filter(isUnloadable)
    if (own.length === 0) return []
    const isWhole = loaded.length > 0 && loaded.every(isLost)
    return [{ jar, loads: own, need: isWhole ? need(jar, own) : 'unknown' } as const]
  })
}

/** The folder of a library, the same for all platforms: where a jar of many libraries keeps one of them. */
function unit(name: string): string {
  return variantKey(posix.dirname(name))
}

function need({ nativeUse }: JavaJar, loads: readonly JarLoad[]): DeadNatives['need'] {
  if (loads.some(({ native }) => native.truncated)) return 'fatal'
  if (nativeUse === undefined || nativeUse.loaders.length === 0) return 'unknown'
  const { loaders, askable } = nativeUse
  const packages = loads.flatMap(({ native }) => native.packages ?? [])
  const isKnown = packages.some((one) => loaders.includes(one))
  const canBeAsked = isKnown ? packages.some((one) => askable.includes(one)) : askable.length > 0
  return canBeAsked ? 'optional' : 'required'
}
