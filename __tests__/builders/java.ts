import { crc32 } from 'node:zlib'
import type { Subject } from '../../src/checks/check.ts'
import { NO_FACTS } from '../../src/inspect/fact-readers.ts'
import type { JarNative, JavaJar } from '../../src/inspect/java/java-file.ts'
import { findRuntime } from '../../src/lambda/runtimes.ts'
import { baseFiles, makeEvidence, makeFile } from './evidence.ts'
import { makePlan } from './plan.ts'
import { makeRuntimeFacts, makeSubject } from './subject.ts'

/** A jar of 40 classes for Java 17. */
export function makeJar(path: string, overrides: Partial<JavaJar> = {}): JavaJar {
  const classes = [{ major: 61, preview: false, count: 40, example: 'com/example/App.class' }]
  return { kind: 'jar', path, coordinates: 'com.example:app', classes, natives: [], ...overrides }
}

/** As the reader keeps the names of a jar's classes. */
export function classNames(...names: readonly string[]): string {
  const hashes = Buffer.alloc(names.length * 4)
  for (const [index, name] of names.entries()) hashes.writeUInt32LE(crc32(name), index * 4)
  return hashes.toString('base64')
}

export function makeElfInJar(name: string, machine = 62): JarNative {
  return { name, format: 'elf', machine, class: 64 }
}

/** An image of runtime java17 with these jars in /var/task/lib. */
export function makeJavaSubject(jars: readonly JavaJar[]): Subject {
  const runtime = findRuntime('java17')
  const evidence = makeEvidence({
    tools: { java: '17.0.12' },
    files: [...baseFiles(), ...jars.map(({ path }) => makeFile(path))],
    facts: { ...NO_FACTS, java: jars },
  })
  return makeSubject({
    artifact: evidence,
    runtimes: [{ ...makeRuntimeFacts(), ...(runtime && { runtime }) }],
    plan: makePlan(runtime === undefined ? {} : { runtime }),
  })
}

/** An x86-64 library of a jar as the reader keeps it, with a function for the JVM. */
export function makeLibraryInJar(name: string, overrides: Partial<JarNative> = {}): JarNative {
  const linked = { type: 3, osAbi: 0, needed: ['libc.so.6'], versionsNeeded: [], jni: true } as const
  return { ...makeElfInJar(name), ...linked, packages: ['com/example'], ...overrides }
}

/** Needs a version of the C library that the runtime does not have. */
export const TOO_NEW: Pick<JarNative, 'versionsNeeded'> = {
  versionsNeeded: [{ file: 'libc.so.6', versions: [{ name: 'GLIBC_2.38', weak: false }] }],
}

/** What a jar's classes do that load its native code, and tell nobody whether they could. */
export const LOADS: Pick<JavaJar, 'nativeUse'> = { nativeUse: { loaders: ['com/example'], askable: [] } }
