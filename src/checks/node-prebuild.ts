import { posix } from 'node:path'
import type { Check, Finding, Subject } from './check.ts'
import { examplesOf, groupBy } from './facts/examples.ts'
import { code, counted } from './facts/wording.ts'
import { type EmptiedVariant, emptiedVariant, withoutNative } from './node/emptied-variant.ts'
import type { Failure } from './node/module-outcome.ts'
import { isNativeLack } from './node/native-lack.ts'
import { type NodeReport, nodeReports, type RootFailure } from './node/node-failures.ts'
import { install, rebuild, restore } from './node/npm-remedy.ts'
import { breaks, fails, type Package, packageOf } from './node/package-findings.ts'
import { variantsOf } from './node/platform-variants.ts'
import { programLack } from './node/program-lack.ts'
import { isStandInOfInstall } from './node/used-otherwise.ts'
import { isAbsentVariant } from './node-platform-package.ts'

const ID = 'node-prebuild'

export const nodePrebuild: Check = {
  id: ID,
  title: 'Packages with a compiled addon ship one for this platform',
  appliesTo: () => true,
  run(subject) {
    const reports = nodeReports(subject)
    const findings = reports.flatMap((report) => judge(report, subject))
    const open = [unreadScripts(subject), unfollowed(reports)].filter((reason) => reason !== undefined)
    return {
      findings: [...groupBy(findings, ({ subject: where }) => where).values()].flatMap((same) => same.slice(0, 1)),
      ...(open.length === 0 ? {} : { notChecked: open.join('; ') }),
    }
  },
}

/** What is loaded before the scripts of a package grow too long to be followed is known, the rest is not. */
function unfollowed(reports: readonly NodeReport[]): string | undefined {
  const names = [...new Set(reports.flatMap((report) => report.unfollowed.map(({ name }) => name)))]
  if (names.length === 0) return undefined
  return `${names.slice(0, 3).map(code).join(', ')}${names.length > 3 ? ' …' : ''} ${names.length === 1 ? 'does' : 'do'} too much while loading to be followed to the end`
}

/** Scripts are read up to a size, and so many of them: what the others load is not known. */
function unreadScripts({ artifact }: Subject): string | undefined {
  const partial = artifact.facts.node.filter((file) => file.kind === 'script' && file.partial === true)
  if (partial.length === 0) return undefined
  const named = partial.slice(0, 3).map(({ path }) => path)
  return `${counted(partial.length, 'script is', 'scripts are')} too large to be read whole, and may load more native code: ${named.join(', ')}${partial.length > 3 ? ' …' : ''}`
}

const NATIVE = /\.node$|prebuild|build|Release|binding|native|addon|linux|bin\b/i

type Lack = RootFailure & { readonly level: 'error' | 'warning'; readonly isLazy: boolean }

function judge(report: NodeReport, subject: Subject): readonly Finding[] {
  const fatal = report.failures
    .filter(({ failure }) =>
      failure.addon === undefined ? !isAbsentVariant(report.tree, failure) : failure.addon.why.kind === 'no-library',
    )
    .map((one): Lack => ({ ...one, level: 'error', isLazy: false }))
  const lesser = report.gaps
    .filter((gap) => !gap.isNeeded && isOwnAddon(gap.failure, report, subject))
    .map(({ root, failure, isLazy }): Lack => ({ root, failure, level: 'warning', isLazy }))
  const packages = groupBy([...fatal, ...lesser], ({ failure }) => placeOf(failure, subject).folder)
  return [...packages].flatMap(([folder, lacks]) => finding(folder, lacks, report, subject))
}

/** Where it is broken or missing: a loader looks into the folders of those who call it. */
function placeOf({ addon, tried, script }: Failure, subject: Subject): Package {
  return packageOf(addon?.path ?? (tried[0]?.startsWith('/') ? tried[0] : script), subject)
}

/** What an install script would have put there; speed-ups of other packages are theirs to tell. */
function isOwnAddon({ load, script }: Failure, { tree }: NodeReport, subject: Subject): boolean {
  const own = tree.packageAt(packageOf(script, subject).folder)
  if (own === undefined || variantsOf(tree, own) !== undefined) return false
  if (
    load.kind === 'bindings' ||
    load.kind === 'node-gyp-build' ||
    load.kind === 'node-pre-gyp' ||
    load.kind === 'pkg-prebuilds'
  )
    return true
  return load.argument.endsWith('.node') && !load.argument.includes('*') && own.installScripts !== undefined
}

function finding(
  folder: string,
  lacks: readonly Lack[],
  { view, tree }: NodeReport,
  subject: Subject,
): readonly Finding[] {
  const errors = lacks.filter(({ level }) => level === 'error')
  const [first] = errors.length > 0 ? errors : lacks
  if (first === undefined) return []
  const own = placeOf(first.failure, subject)
  const certain = errors.length > 0
  const { addon, says } = first.failure
  if (says !== undefined) return [refusal(says, errors, own, subject, { view, tree })]
  const emptied = addon === undefined ? emptiedVariant(tree, tree.packageAt(own.folder)) : undefined
  const program = emptied === undefined ? programLack(first.failure, own, tree, subject) : undefined
  const lack = lackOf(first.failure, own, tree, emptied)
  const consequence = certain
    ? fails(errors, own.name)
    : first.isLazy
      ? 'it fails when it is first used'
      : 'it runs without its native code'
  return [
    {
      rule: ID,
      level: certain ? 'error' : 'warning',
      confidence: certain ? view.confidence : 'heuristic',
      subject: folder,
      ...(own.purl === undefined ? {} : { owner: own.purl }),
      message: `${code(own.name)} ${program?.what ?? lack.what}: ${consequence}`,
      expected: expectedOf(first.failure, emptied),
      actual: program?.actual ?? (addon === undefined ? 'no such file' : 'a file of another system'),
      help: program?.help ?? HELP[lack.kind](subject, own, first.failure, tree),
      ...(certain ? breaks(errors) : {}),
      ...examplesOf([...new Set(lacks.map(({ failure }) => failure.script))]),
    },
  ]
}

/** Neither native code nor a module is missing: a check of the package's own, say of the version of Node.js. */
function refusal(
  says: string,
  errors: readonly Lack[],
  own: Package,
  subject: Subject,
  { view: { confidence }, tree }: Pick<NodeReport, 'view' | 'tree'>,
): Finding {
  const [error = ''] = says.split('\n', 1)
  const isReplaced = errors.every(({ failure }) => isStandInOfInstall(tree, failure.script))
  return {
    rule: ID,
    level: 'error',
    confidence,
    subject: own.folder,
    ...(own.purl === undefined ? {} : { owner: own.purl }),
    message: `${code(own.name)} throws an error of its own when it is loaded, ${code(error.slice(0, 200))}: ${fails(errors, own.name)}`,
    expected: `${code(`require('${own.name}')`)} ends without an error`,
    actual: code(error.slice(0, 200)),
    help: isReplaced
      ? rebuild(subject, own.name)
      : `Take a version of it that is made for this Node.js and for servers, or leave it out. What it is made for:\nnpm view ${own.name} engines os cpu`,
    ...breaks(errors),
    ...examplesOf([...new Set(errors.map(({ failure }) => failure.script))]),
  }
}

type What = { readonly kind: keyof typeof HELP; readonly what: string }

const HELP = {
  native: (subject: Subject, own: Package) => rebuild(subject, own.name),
  module: (_: Subject, __: Package, { tried }: Failure) => install(tried[0] ?? ''),
  file: (_: Subject, __: Package, ___: Failure, tree: NodeReport['tree']) => restore(tree),
  emptied: (_: Subject, __: Package, ___: Failure, tree: NodeReport['tree']) => restore(tree),
} as const

function expectedOf({ tried, script }: Failure, emptied: EmptiedVariant | undefined): string {
  if (emptied?.addon !== undefined) return code(emptied.addon)
  const places = tried.map((name) => code(isBare(name) ? name : posix.resolve(posix.dirname(script), name)))
  return [...new Set(places)].slice(0, 3).join(' or ')
}

/** What is missing: native code, another package, or a file of the package's own that is no place of native code. */
function lackOf(failure: Failure, own: Package, tree: NodeReport['tree'], emptied?: EmptiedVariant): What {
  const { addon, tried } = failure
  const [name = ''] = tried
  if (emptied !== undefined && isNativeLack(tree, failure)) return { kind: 'emptied', what: withoutNative(emptied) }
  if (addon !== undefined) {
    const file = code(posix.basename(addon.path))
    const problem = addon.file?.problem
    const what =
      problem === undefined
        ? `has an addon that is no native code for Linux (${file})`
        : `has a damaged addon (${file}: ${problem})`
    return { kind: 'native', what }
  }
  const isScript = !isNativeLack(tree, failure)
  if (isScript && name !== '' && !isBare(name) && !tried.some((one) => PLACE_OF_ADDONS.test(one)))
    return { kind: 'file', what: `lacks ${code(belowPackage(name, own))}, a file of its own that it loads` }
  if (name !== '' && (isScript ? isBare(name) : !tried.some((one) => NATIVE.test(one))))
    return { kind: isScript ? 'module' : 'native', what: `lacks ${code(name)}, which it loads` }
  return { kind: 'native', what: `has no compiled addon for linux-${tree.cpu}` }
}

const PLACE_OF_ADDONS = /\.node$|(?:^|\/)(?:build\/(?:Release|Debug)|prebuilds)(?:\/|$)/

function belowPackage(path: string, { folder }: Package): string {
  return path.startsWith(`${folder}/`) ? posix.relative(folder, path) : path
}

/** `x` or `.prisma/client`, not a file of one's own. */
function isBare(name = ''): boolean {
  return !/^\.{0,2}\//.test(name)
}
