import { posix } from 'node:path'
import type { NodePackage } from '../inspect/node/node-file.ts'
import type { Check, Subject } from './check.ts'
import { examplesOf, groupBy } from './facts/examples.ts'
import { userScope } from './facts/user-scope.ts'
import { code } from './facts/wording.ts'
import type { GroundedFinding } from './grounds.ts'
import { bringsProgram, commandPackages } from './node/command-packages.ts'
import { emptiedVariant, withoutNative } from './node/emptied-variant.ts'
import type { Failure } from './node/module-outcome.ts'
import { isNativeLack } from './node/native-lack.ts'
import { type NodeReport, nodeReports, type RootFailure } from './node/node-failures.ts'
import type { NodeTree } from './node/node-tree.ts'
import { reinstall, restore } from './node/npm-remedy.ts'
import { breaks, fails, packageOf } from './node/package-findings.ts'
import { type Variants, variantsOf } from './node/platform-variants.ts'
import { startsAnyway } from './node/static-variant.ts'

const ID = 'node-platform-package'

export const nodePlatformPackage: Check = {
  id: ID,
  title: "Packages have the variant for the function's platform installed",
  appliesTo: () => true,
  run(subject) {
    const findings = nodeReports(subject).flatMap((report) => judge(report, subject))
    return {
      findings: [...groupBy(findings, ({ subject: where, level }) => `${where} ${level}`).values()].flatMap((same) =>
        same.slice(0, 1),
      ),
    }
  },
}

function judge(report: NodeReport, subject: Subject): readonly GroundedFinding[] {
  const scope = userScope(subject)
  const { tree } = report
  const commands = commandPackages(subject, tree)
  const explained = new Set<RootFailure>()
  const known = subject.artifact.facts.node.flatMap((file) => {
    if (file.kind !== 'package' || !scope.adds(file.path) || isPartOfPackage(file, tree)) return []
    const variants = variantsOf(tree, file)
    if (variants === undefined) return []
    const isCommand = commands.has(posix.dirname(file.path))
    const failures = failuresOf(file, variants.wanted, report, subject)
    if (variants.fitting.length > 0 && (!isCommand || bringsProgram(tree, file, variants.fitting)))
      return failures.length > 0 ? [] : emptied(file, report)
    // Which program of the variant cannot be started, and why, is told by the other rule.
    if (variants.fitting.length > 0 && failures.some(({ failure }) => failure.isProgram === true)) return []
    for (const one of failures) explained.add(one)
    return [finding(file, report, failures, isCommand, subject)]
  })
  const told = new Set(known.map(({ subject: where }) => where))
  // A helper that loads for others is not what lacks something: whoever promised the variant does.
  const others = report.failures.filter((one) => !explained.has(one))
  return [...known, ...undeclared({ ...report, failures: others }, subject).filter((one) => !told.has(one.subject))]
}

/** Nothing that was followed fails of it: what loads it does so later. */
function emptied(own: NodePackage, { tree }: NodeReport): readonly GroundedFinding[] {
  const variant = emptiedVariant(tree, own)
  if (variant === undefined) return []
  return [
    {
      rule: ID,
      level: 'warning',
      confidence: 'heuristic',
      subject: posix.dirname(own.path),
      owner: `pkg:npm/${own.name.replace(/^@/, '%40')}`,
      message: `${code(own.name)} ${withoutNative(variant)}; what uses its native part fails`,
      expected: variant.addon === undefined ? `native code in ${code(variant.folder)}` : code(variant.addon),
      actual: 'no such file',
      help: restore(tree),
      ...examplesOf([variant.folder]),
      grounds: { files: [variant.folder] },
    },
  ]
}

/** A copy of its package.json that a package has in a folder of its build (`dist`). */
function isPartOfPackage({ path, name }: NodePackage, tree: NodeTree): boolean {
  const [, folder] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\/.+\/package\.json$/.exec(path) ?? []
  return folder !== undefined && !folder.endsWith('/.pnpm') && tree.packageAt(folder)?.name === name
}

function failuresOf(
  { path }: NodePackage,
  wanted: readonly string[],
  { failures }: NodeReport,
  subject: Subject,
): readonly RootFailure[] {
  return failures.filter(
    ({ failure }) =>
      packageOf(failure.script, subject).folder === posix.dirname(path) ||
      failure.tried.some((name) => wanted.some((one) => name.startsWith(one))),
  )
}

const NONE: Variants = { wanted: [], fitting: [], installed: [], wasm: [] }

function finding(
  own: NodePackage,
  { tree, view }: NodeReport,
  failures: readonly RootFailure[],
  isCommand: boolean,
  { plan }: Subject,
): GroundedFinding {
  const folder = posix.dirname(own.path)
  const variants = variantsOf(tree, own) ?? NONE
  const { wanted, fitting, installed, wasm } = variants
  const certain = failures.length > 0 || (isCommand && wasm.length === 0 && !startsAnyway(tree, own, variants))
  const isEmpty = fitting.length > 0
  const names = installed.map(({ name }) => code(name)).join(', ')
  const places = installed.length === 0 ? [folder] : installed.map((one) => one.folder)
  const has =
    installed.length === 0 ? 'none is installed' : `${isEmpty ? 'no program can be started of' : 'installed'} ${names}`
  const consequence = certain
    ? failures.length === 0
      ? 'its command cannot be started'
      : fails(failures, own.name)
    : wasm.length > 0
      ? `it runs as WebAssembly (${wasm.map(code).join(', ')})`
      : 'what uses its native part fails'
  return {
    rule: ID,
    level: certain ? 'error' : 'warning',
    confidence: certain ? view.confidence : 'heuristic',
    subject: folder,
    owner: `pkg:npm/${own.name.replace(/^@/, '%40')}`,
    message: `${code(own.name)} lacks its native part for this platform: ${has}; ${consequence}`,
    expected: wanted.map(code).join(', '),
    actual: installed.length === 0 ? 'no variant' : names,
    // Variants of another platform were installed on one, and copied.
    help: reinstall(tree, own.name, plan.kind === 'image' && installed.length > 0),
    ...(failures.length === 0 ? {} : breaks(failures)),
    ...examplesOf(places),
    grounds: { files: places },
  }
}

/** Loaders that look for a package which no package.json of theirs names. */
function undeclared({ failures, tree, view }: NodeReport, subject: Subject): readonly GroundedFinding[] {
  const absent = failures.filter(({ failure }) => isAbsentVariant(tree, failure))
  return [...groupBy(absent, ({ failure }) => packageOf(failure.script, subject).folder)].map(
    ([folder, same]): GroundedFinding => {
      const [first] = same
      const own = packageOf(first?.failure.script ?? folder, subject)
      const names = (first?.failure.tried ?? []).filter((name) => isPackageName([name]))
      const emptied = emptiedVariant(tree, tree.packageAt(own.folder))
      const lacks = emptied === undefined ? 'lacks its native part for this platform' : withoutNative(emptied)
      return {
        rule: ID,
        level: 'error',
        confidence: view.confidence,
        subject: folder,
        ...(own.purl === undefined ? {} : { owner: own.purl }),
        message: `${code(own.name)} ${lacks}: ${fails(same, own.name)}`,
        expected: emptied?.addon === undefined ? names.map(code).join(', ') : code(emptied.addon),
        actual: emptied === undefined ? 'not installed' : 'no such file',
        help: emptied === undefined ? reinstall(tree, own.name) : restore(tree),
        ...breaks(same),
        ...examplesOf(same.map(({ failure }) => failure.script)),
      }
    },
  )
}

/** A package with native code is looked for, not only files of one's own. */
export function isAbsentVariant(tree: NodeTree, failure: Failure): boolean {
  return failure.addon === undefined && isPackageName(failure.tried) && isNativeLack(tree, failure)
}

function isPackageName(tried: readonly string[]): boolean {
  return tried.some((name) => !/^[./]/.test(name))
}
