import type { Architecture } from '../lambda/architecture.ts'
import { operatingSystem } from '../lambda/operating-systems.ts'
import { SCANNED_ROWS } from '../lambda/runtime-rows/scanned.ts'
import type { ScannedRow } from '../lambda/runtime-rows/scanned-row.ts'
import type { Runtime } from '../lambda/runtimes.ts'
import type { Environment } from '../report/report.ts'
import type { Evidence } from './evidence.ts'

/** One column of the report's comparison, from an image that was read. */
export function environment({ subject, os, libc, tools }: Evidence): Environment {
  return {
    reference: subject.reference,
    ...(subject.digest === undefined ? {} : { digest: subject.digest }),
    ...(os === undefined ? {} : { os }),
    ...(libc === undefined ? {} : { libc }),
    tools,
    source: 'scanned',
  }
}

/** What was read of the environment that compiled the code, or why nothing was. */
export type ReportedBuild = { readonly evidence?: Evidence; readonly stage?: string; readonly unread?: string }

/** The build column; `undefined` when it was not read. */
export function buildEnvironment({ evidence, stage }: ReportedBuild): Environment | undefined {
  if (evidence === undefined) return undefined
  return { ...environment(evidence), ...(stage === undefined ? {} : { stage }) }
}

/**
 * The same from our table, for a runtime image that could not be read: what one of its releases held when it was scanned,
 * else what is documented. No dated release either way, since nobody knows which one will run.
 */
export function tableEnvironment(
  runtime: Runtime,
  architecture: Architecture,
  rows: readonly ScannedRow[] = SCANNED_ROWS,
): Environment {
  const row = rows.find((one) => one.runtime === runtime.id && one.architecture === architecture)
  const documented = documentedEnvironment(runtime, architecture)
  if (row === undefined) return documented
  return { ...documented, libc: row.libc, tools: row.tools }
}

function documentedEnvironment(runtime: Runtime, architecture: Architecture): Environment {
  const system = operatingSystem(runtime.os)
  const language = /^(nodejs|python)(\d+(?:\.\d+)?)/.exec(runtime.id)
  const [, family, version] = language ?? []
  return {
    reference: `${runtime.baseImage}-${architecture}`,
    os: system.release,
    libc: { family: 'glibc', version: system.glibc },
    tools: {
      libstdcxx: system.glibcxx,
      ...(family === 'nodejs' && version !== undefined ? { node: version } : {}),
      ...(family === 'python' && version !== undefined ? { python: version } : {}),
    },
    source: 'table',
  }
}
