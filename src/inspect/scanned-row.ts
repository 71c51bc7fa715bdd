import { ARCHITECTURES } from '../lambda/architecture.ts'
import type { ScannedRow } from '../lambda/runtime-rows/scanned-row.ts'
import type { Runtime } from '../lambda/runtimes.ts'
import type { Evidence } from './evidence.ts'
import { recogniseRuntime } from './recognise-runtime.ts'
import { highestVersion } from './symbol-version.ts'

/** The row of a runtime image that was read; `undefined` when it is none, or shows no system. `scanned`: ISO date. */
export function scannedRow(evidence: Evidence, scanned: string, named?: Runtime): ScannedRow | undefined {
  const runtime = named ?? recogniseRuntime(evidence, [])?.runtime
  const architecture = ARCHITECTURES.find(({ docker }) => docker === evidence.image?.architecture)?.lambda
  const { os, libc, tools, subject } = evidence
  if (runtime === undefined || architecture === undefined || os === undefined || libc === undefined) return undefined
  const library = evidence.elf.find(({ soname }) => soname === 'libstdc++.so.6')
  const cxxabi = highestVersion('CXXABI', library?.versionsDefined ?? [])
  return {
    runtime: runtime.id,
    architecture,
    source: subject.reference,
    ...(subject.digest === undefined ? {} : { digest: subject.digest }),
    scanned,
    os,
    libc,
    ...(cxxabi === undefined ? {} : { cxxabi }),
    tools,
  }
}
