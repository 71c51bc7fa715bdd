import { posix } from 'node:path'
import type { JarNative, JavaJar } from '../inspect/java/java-file.ts'
import type { Check, Finding, Subject } from './check.ts'
import { FETCH_LFS } from './facts/program-remedy.ts'
import { type RuntimeView, runtimeViews } from './facts/runtime-view.ts'
import { code } from './facts/wording.ts'
import { deadNatives } from './java/dead-natives.ts'
import { deadNativesFinding } from './java/dead-natives-finding.ts'
import { fits, jarRoles, type NativeTarget, nativeFamilies, systemOf } from './java/jar-natives.ts'
import { inPlace, isPretender, isUnfetched } from './java/jar-pretenders.ts'
import { mayRunJava } from './java/java-release.ts'
import { variantOfPlatform } from './java/platform-jar.ts'
import { jarOwner, userJava } from './java/user-jars.ts'
import { acrossRuntimes } from './native/across-runtimes.ts'
import { SYSTEM_NAMES } from './native/target-system.ts'
import { openQuestions } from './native/verdict.ts'

const ID = 'java-native'

export const javaNative: Check = {
  id: ID,
  title: "Jars with native code have the function's platform in it",
  appliesTo: () => true,
  run(subject) {
    const views = runtimeViews(subject).filter(mayRunJava)
    const [view] = views
    if (view === undefined) return { findings: [] }
    const { jars } = userJava(subject)
    const target = targetOf(subject, view)
    const roles = jarRoles(jars, target)
    const open = jars.flatMap(({ path, unread }) => (unread === undefined ? [] : [`${path} was not read: ${unread}`]))
    const platforms = [...roles].flatMap(([jar, role]) => {
      if (role === 'target') return missingFamily(jar, target)
      return role === 'sibling' ? [] : [none(jar, role, target)]
    })
    const whole = [...roles].flatMap(([jar, role]) => (role === 'target' ? [jar] : []))
    const unloadable = acrossRuntimes(subject, (each) => {
      if (!views.includes(each)) return []
      const { dead, open: questions } = deadNatives(whole, targetOf(subject, each), subject, each)
      open.push(...questions)
      return dead.map((one) => deadNativesFinding(one, subject, each))
    })
    return { findings: [...platforms, ...unloadable], ...openQuestions(open) }
  },
}

function targetOf({ plan }: Subject, { libc }: RuntimeView): NativeTarget {
  return { architecture: plan.architecture, libc: libc?.family ?? 'glibc' }
}

function none(jar: JavaJar, role: 'feature' | 'none', target: NativeTarget): Finding {
  const name = posix.basename(jar.path)
  const forOthers = role === 'feature'
  // Alpine may have gcompat, which loads much of what is linked for glibc.
  const sure = !(target.libc === 'musl' && jar.natives.some((one) => fits(one, { ...target, libc: 'glibc' })))
  return {
    ...facts(jar, jar.natives, target),
    level: forOthers ? 'note' : sure ? 'error' : 'warning',
    confidence: forOthers || !sure ? 'heuristic' : 'proven',
    message: forOthers
      ? `${code(name)} carries native code for other platforms only, as its name says: dead weight here`
      : `${code(name)} loads native code by platform and has none for ${platformOf(target)}${inPlace(jar.natives)}: what needs it fails with \`UnsatisfiedLinkError\``,
    help: forOthers
      ? 'Nothing has to be done; leaving the jar out makes the artifact smaller.'
      : `${isUnfetched(jar.natives) ? `${FETCH_LFS}\n` : ''}Take the whole jar, or the one with the classifier of the function's platform.\n${variantOfPlatform(jar.path, target.architecture)}`,
  }
}

/** A library of the jar that Linux has on other processors, or of a jar put together on a Mac, beside others that are complete. */
function missingFamily(jar: JavaJar, target: NativeTarget): readonly Finding[] {
  const lacking = nativeFamilies(jar).filter(
    (family) =>
      !family.some((one) => fits(one, target)) &&
      (family.some(isForLinux) || family.some(isPretender) || family.every(isMacVariant)),
  )
  const [first] = lacking
  if (first === undefined) return []
  return [
    {
      ...facts(jar, lacking.flat(), target),
      level: 'warning',
      confidence: 'heuristic',
      message: `${code(posix.basename(jar.path))} has ${lacking.map(([one]) => code(posix.basename(one?.name ?? ''))).join(', ')} for other platforms and not for ${platformOf(target)}${inPlace(lacking.flat())}: what needs it fails with \`UnsatisfiedLinkError\``,
      help: 'Does the function use that part of the library? Then take a version of it that has this platform.',
    },
  ]
}

function isForLinux(native: JarNative): boolean {
  return native.format === 'elf' && ['glibc', 'any'].includes(systemOf(native)) && /\.so(?:\.\d+)*$/.test(native.name)
}

/** One of several, as its place says: what only Macs need is not called by its processor's and system's name. */
function isMacVariant({ name, format }: JarNative): boolean {
  return format === 'mach-o' && /(?:darwin|osx|macosx)[-_/](?:x86_64|aarch_?64|arm64)/i.test(name)
}

function facts(jar: JavaJar, natives: readonly JarNative[], target: NativeTarget) {
  return {
    rule: ID,
    subject: jar.path,
    ...jarOwner(jar),
    expected: `a library for ${platformOf(target)}`,
    actual: [...new Set(natives.map(platform))].sort().join(', '),
    count: natives.length,
    examples: natives.map(({ name }) => name).slice(0, 5),
  } as const
}

function platformOf({ architecture, libc }: NativeTarget): string {
  return `Linux${libc === 'musl' ? ' with musl' : ''} on ${code(architecture)}`
}

const MACHINES: Readonly<Record<number, string>> = { 3: 'x86', 40: 'arm', 62: 'x86_64', 183: 'arm64' }

function platform(native: JarNative): string {
  if (native.format !== 'elf') return { 'mach-o': 'macOS', pe: 'Windows', other: 'no native code' }[native.format]
  const system = systemOf(native)
  const name = ['android', 'bsd', 'solaris'].includes(system) ? SYSTEM_NAMES[system] : 'Linux'
  const machine = MACHINES[native.machine ?? 0] ?? `machine ${native.machine}`
  return `${name} on ${machine}${native.class === 32 && native.machine === 62 ? ' with 32-bit pointers' : ''}${system === 'musl' ? ' with musl' : ''}`
}
