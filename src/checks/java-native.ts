import { posix } from 'node:path'
import type { JarNative, JavaJar } from '../inspect/java/java-file.ts'
import { type Architecture, architectureRow } from '../lambda/architecture.ts'
import type { Check, Finding, Subject } from './check.ts'
import { isPlatformVariant, variantKey } from './facts/platform-variant.ts'
import { code } from './facts/wording.ts'
import { jarOwner, userJava } from './java/user-jars.ts'

const ID = 'java-native'

export const javaNative: Check = {
  id: ID,
  title: "Jars with native code have the function's platform in it",
  appliesTo: () => true,
  run(subject) {
    const jars = userJava(subject).jars.filter(({ natives }) => natives.length > 0)
    const { architecture } = subject.plan
    // One library may come in a jar per platform (classifiers): then any of them may have ours.
    const served = new Set(jars.filter((jar) => hasTarget(jar, architecture)).map(family))
    return {
      findings: jars
        .filter((jar) => !hasTarget(jar, architecture) && !served.has(family(jar)))
        .map((jar) => finding(jar, subject)),
    }
  },
}

function hasTarget({ natives }: JavaJar, architecture: Architecture): boolean {
  const { elfMachine } = architectureRow(architecture)
  return natives.some(({ format, machine, class: bits }) => format === 'elf' && machine === elfMachine && bits === 64)
}

/** `netty-tcnative-boringssl-static-2.0.65.Final-osx-aarch_64.jar` and its siblings are one. */
function family({ path }: JavaJar): string {
  return variantKey(posix.basename(path))
}

/** Macs have kqueue where Linux has epoll: such a jar is for Macs, and nobody misses it elsewhere. */
const MAC_ONLY = /kqueue|macos|osx|darwin|windows|win32/i

function finding(jar: JavaJar, { plan: { architecture } }: Subject): Finding {
  const name = posix.basename(jar.path)
  const forOthers = MAC_ONLY.test(name) || isPlatformVariant(`/${name}/x`)
  const row = architectureRow(architecture)
  return {
    rule: ID,
    level: forOthers ? 'note' : 'error',
    confidence: forOthers ? 'heuristic' : 'proven',
    subject: jar.path,
    ...jarOwner(jar),
    message: forOthers
      ? `${code(name)} carries native code for other platforms only, as its name says: dead weight here`
      : `${code(name)} loads native code by platform and has none for Linux on ${code(architecture)}: what needs it fails with \`UnsatisfiedLinkError\``,
    expected: `a library for Linux on ${code(architecture)}`,
    actual: [...new Set(jar.natives.map(platform))].sort().join(', '),
    help: forOthers
      ? 'Nothing has to be done; leaving the jar out makes the artifact smaller.'
      : `Take the whole jar, or the one with the classifier of the function's platform.\nmvn dependency:copy-dependencies -Dos.detected.classifier=linux-${row.lambda === 'arm64' ? 'aarch_64' : 'x86_64'}`,
    count: jar.natives.length,
    examples: jar.natives.map((native) => native.name).slice(0, 5),
  }
}

const MACHINES: Readonly<Record<number, string>> = { 3: 'x86', 40: 'arm', 62: 'x86_64', 183: 'arm64' }

function platform({ format, machine }: JarNative): string {
  if (format === 'elf') return `Linux on ${MACHINES[machine ?? 0] ?? `machine ${machine}`}`
  return { 'mach-o': 'macOS', pe: 'Windows', other: 'no native code' }[format]
}
