import type { Subject } from '../../src/checks/check.ts'
import type { RuntimeConfig } from '../../src/inspect/dotnet/dotnet-file.ts'
import { NO_FACTS } from '../../src/inspect/fact-readers.ts'
import { findRuntime } from '../../src/lambda/runtimes.ts'
import { baseFiles, makeEvidence, makeFile } from './evidence.ts'
import { makePlan } from './plan.ts'
import { makeRuntimeFacts, makeSubject } from './subject.ts'

/** `/var/task/App.runtimeconfig.json` of a program for this version of .NET. */
export function makeRuntimeConfig(version: string, overrides: Partial<RuntimeConfig> = {}): RuntimeConfig {
  return {
    kind: 'runtimeconfig',
    path: '/var/task/App.runtimeconfig.json',
    frameworks: [{ name: 'Microsoft.NETCore.App', version }],
    selfContained: false,
    ...overrides,
  }
}

/** An image on dotnet8 with these configurations and files. */
export function makeDotnetSubject(configs: readonly RuntimeConfig[], paths: readonly string[] = []): Subject {
  const runtime = findRuntime('dotnet8')
  const framework = '/var/lang/bin/shared/Microsoft.NETCore.App/8.0.11'
  return makeSubject({
    artifact: makeEvidence({
      files: [
        ...baseFiles(),
        ...[framework, ...configs.map(({ path }) => path), ...paths].map((path) => makeFile(path)),
      ],
      facts: { ...NO_FACTS, dotnet: configs },
    }),
    runtimes: [{ ...makeRuntimeFacts(), ...(runtime && { runtime }) }],
    plan: makePlan(runtime === undefined ? {} : { runtime }),
  })
}
