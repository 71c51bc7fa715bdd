import { posix } from 'node:path'
import type { RuntimeConfig } from '../inspect/dotnet/dotnet-file.ts'
import { type Architecture, architectureRow } from '../lambda/architecture.ts'
import type { Check, Finding, Subject } from './check.ts'
import { examplesOf, groupBy } from './facts/examples.ts'
import { imageTree } from './facts/image-tree.ts'
import { type RuntimeView, runtimeViews } from './facts/runtime-view.ts'
import { userScope } from './facts/user-scope.ts'
import { code, counted } from './facts/wording.ts'

const ID = 'dotnet-runtime'
const CORE = 'Microsoft.NETCore.App'

export const dotnetRuntime: Check = {
  id: ID,
  title: "Assemblies of .NET are for the runtime's framework and platform",
  appliesTo: () => true,
  run(subject) {
    const configs = ownConfigs(subject)
    const open: string[] = []
    const findings = runtimeViews(subject).flatMap((view) => {
      const needing = configs.filter(({ frameworks }) => frameworks.some(({ name }) => name === CORE))
      const has = frameworkMajors(view)
      if (has === undefined && needing.length > 0) open.push(`which .NET runs ${view.reference} is not known`)
      return has === undefined ? [] : needing.flatMap((config) => frameworkFinding(config, has, view))
    })
    return {
      findings: [...findings, ...platformFindings(subject)],
      ...(open.length === 0 ? {} : { notChecked: open.join('; ') }),
    }
  },
}

function ownConfigs(subject: Subject): readonly RuntimeConfig[] {
  const { contains } = userScope(subject)
  return subject.artifact.facts.dotnet.filter(({ path }) => contains(path))
}

/** Majors of the shared framework that the runtime holds: by its files, else by its row (`dotnet8`). */
function frameworkMajors({ tree, runtime }: RuntimeView): readonly number[] | undefined {
  const found = new Set(
    tree
      .sought('dotnetFrameworks')
      .flatMap(({ path }) => /\/shared\/Microsoft\.NETCore\.App\/(\d+)\.[^/]*$/.exec(path)?.[1] ?? [])
      .map(Number),
  )
  if (found.size > 0) return [...found].sort((a, b) => a - b)
  const [, major] = /^dotnet(\d+)$/.exec(runtime?.id ?? '') ?? []
  return major === undefined ? undefined : [Number(major)]
}

function frameworkFinding(config: RuntimeConfig, has: readonly number[], view: RuntimeView): readonly Finding[] {
  const wanted = config.frameworks.find(({ name }) => name === CORE)?.version ?? ''
  const major = Number.parseInt(wanted, 10)
  const rolls = /^(?:Latest)?Major$/i.test(config.rollForward ?? '') && has.some((one) => one >= major)
  if (Number.isNaN(major) || has.includes(major) || rolls) return []
  return [
    {
      rule: ID,
      level: 'error',
      confidence: view.confidence,
      subject: config.path,
      message: `${code(posix.basename(config.path))} asks for .NET ${wanted}, and ${code(view.runtime?.id ?? view.reference)} has .NET ${has.join(', ')}: the host finds no compatible framework`,
      expected: `.NET ${has.join(', ')}`,
      actual: `.NET ${wanted}`,
      help: `Target the runtime's framework and publish again, or choose the runtime of your framework.\n<TargetFramework>net${has.at(-1)}.0</TargetFramework>`,
      count: 1,
      examples: [config.path],
    },
  ]
}

/**
 * `runtimes/<rid>/native` holds the native half of a NuGet package per platform. A package may be managed code elsewhere
 * (SQL Server's client on Linux), so that a missing platform is suspicious and no more.
 */
function platformFindings(subject: Subject): readonly Finding[] {
  const { architecture } = subject.plan
  const tree = imageTree(subject.artifact)
  const files = tree.sought('dotnetNatives').flatMap(({ path }) => {
    const [, folder, rid, name] = /^(.*)\/runtimes\/([^/]+)\/native\/([^/]+)$/.exec(path) ?? []
    return folder === undefined || rid === undefined || name === undefined ? [] : [{ path, folder, rid, name }]
  })
  const libraries = groupBy(files, ({ folder, name }) => `${folder} ${libraryName(name)}`)
  const lacking = [...libraries.values()].filter((same) => !same.some(({ rid }) => isForRid(rid, architecture)))
  return [...groupBy(lacking.flat(), ({ folder }) => folder)].map(([folder, same]) => ({
    rule: ID,
    level: 'warning',
    confidence: 'heuristic',
    subject: `${folder}/runtimes`,
    message: `${counted(new Set(same.map(({ name }) => libraryName(name))).size, 'native library', 'native libraries')} in ${code(`${folder}/runtimes`)} ${same.length === 1 ? 'is' : 'are'} for other platforms only: what calls ${same.length === 1 ? 'it' : 'them'} on Linux fails with \`DllNotFoundException\``,
    expected: code(rid(architecture)),
    actual: [...new Set(same.map((one) => one.rid))].sort().join(', '),
    help: `Publish for the function's platform.\ndotnet publish --runtime ${rid(architecture)} --self-contained false`,
    ...examplesOf(same.map(({ path }) => path)),
  }))
}

/** One name for `libfoo.so`, `foo.dll` and `libfoo.dylib`. */
function libraryName(file: string): string {
  return file.replace(/^lib/, '').replace(/\.(?:so(?:\.[\d.]+)?|dll|dylib)$/, '')
}

/** Runtime identifiers that the host takes on Linux with glibc, from the most to the least specific (RID catalogue). */
function isForRid(name: string, architecture: Architecture): boolean {
  return [rid(architecture), 'linux', 'unix', 'any', `unix-${cpu(architecture)}`].includes(name)
}

function rid(architecture: Architecture): string {
  return `linux-${cpu(architecture)}`
}

function cpu(architecture: Architecture): string {
  return architectureRow(architecture).lambda === 'arm64' ? 'arm64' : 'x64'
}
