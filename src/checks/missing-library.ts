import { posix } from 'node:path'
import type { MissingLibrary } from '../loader/load-result.ts'
import type { Check, Subject } from './check.ts'
import { examplesOf, groupBy } from './facts/examples.ts'
import { imageTree } from './facts/image-tree.ts'
import type { NativeLoad } from './facts/native-loads.ts'
import { owners } from './facts/owners.ts'
import type { RuntimeView } from './facts/runtime-view.ts'
import { code, listed } from './facts/wording.ts'
import type { GroundedFinding } from './grounds.ts'
import { acrossRuntimes } from './native/across-runtimes.ts'
import { type BuildCopies, buildCopies } from './native/build-library.ts'
import { buildPlace } from './native/build-place.ts'
import { isOfDriver, isOfHost } from './native/host-libraries.ts'
import { type Lack, lacksOf, openLoads } from './native/lacks.ts'
import { compileForOwn } from './native/language-library.ts'
import { leftOut } from './native/left-out.ts'
import { libraryRemedy } from './native/library-remedy.ts'
import { lostLink } from './native/lost-link.ts'
import { lostOwnLibraries } from './native/lost-own-libraries.ts'
import { wantsOtherLibc } from './native/other-system.ts'
import { causeKey, nameFiles } from './native/package-of.ts'
import { sizeOf } from './native/size-of.ts'
import { breaks, consequence, strongest, verdict } from './native/verdict.ts'

const ID = 'missing-library'

type Missing = Lack<MissingLibrary>

export const missingLibrary: Check = {
  id: ID,
  title: 'Native code finds the shared libraries that it needs',
  appliesTo: () => true,
  run(subject) {
    return { findings: acrossRuntimes(subject, (view) => judge(subject, view)), ...openLoads(subject) }
  },
}

function judge(subject: Subject, view: RuntimeView): readonly GroundedFinding[] {
  const ownerOf = owners(subject.artifact)
  const lacks = lacksOf(subject, view, ({ missing }) => missing).filter((one) => isReported(one, subject, view))
  // Whoever needs the library is the cause, however many load it.
  const packages = groupBy(lacks, ({ lack: { neededBy } }) => causeKey(neededBy.path, ownerOf(neededBy.path)))
  return [...packages.values()].flatMap(byCause).map((cause) => finding(cause, subject, view))
}

/** Of one package: what it cannot do without, with all else that lacks the same libraries; then what it goes on without. */
function byCause(lacks: readonly Missing[]): readonly (readonly Missing[])[] {
  const required = lacks.filter(({ load, lack }) => needOf(load, lack.soname) === 'required')
  const sonames = new Set(required.map(({ lack }) => lack.soname))
  const same = lacks.filter(({ lack }) => sonames.has(lack.soname))
  const others = lacks.filter(({ lack }) => !sonames.has(lack.soname))
  return [same, others].filter((cause) => cause.length > 0)
}

function isReported({ load, lack }: Missing, { artifact }: Subject, view: RuntimeView): boolean {
  const { soname, neededBy, near } = lack
  if (isOfHost(soname, load, view) || wantsOtherLibc(neededBy, soname, view)) return false
  if (lostLink(lack, artifact) !== undefined) return false
  // What nobody was seen to load may be loaded by one that brings the search path, or after its library.
  const own = imageTree(artifact).elf
  return load.need !== 'unused' || !near.some(({ path, why }) => why === 'not-searched' && own.has(path))
}

/** A driver's library is absent on every machine of Lambda's: what wants it was not meant to work there. */
function needOf({ need }: NativeLoad, soname: string): NativeLoad['need'] {
  return need === 'required' && isOfDriver(soname) ? 'optional' : need
}

function finding(cause: readonly Missing[], subject: Subject, view: RuntimeView): GroundedFinding {
  const [first] = cause
  const owner = first === undefined ? undefined : owners(subject.artifact)(first.lack.neededBy.path)
  const sonames = [...new Set(cause.map(({ lack }) => lack.soname))].sort()
  const needing = [...new Set(cause.map(({ lack }) => lack.neededBy.path))]
  const { what, ...name } = nameFiles(needing, owner)
  const need = strongest(cause.map(({ load, lack }) => needOf(load, lack.soname)))
  const because = cause.find(({ load }) => load.need === need)?.load.because ?? first?.load.because ?? ''
  const named = listed(sonames.map(code), MOST_NAMED)
  const lacking = cause.map(({ lack }) => lack)
  const own = lostOwnLibraries(lacking, owner, subject, view)
  const forOwn = compileForOwn(sonames, subject, view)
  const isCopied = own === undefined && forOwn === undefined && !sonames.every(isOfDriver)
  const copies = isCopied ? buildCopies(sonames, subject, view) : undefined
  const instead = [own?.said ?? '', nearest(cause), inBuild(copies, subject)].filter((text) => text !== '')
  const words = view.libc?.family === 'musl' ? 'Error loading shared library' : 'cannot open shared object file'
  const roots = [...new Set(cause.map(({ load }) => load.file))]
  return {
    rule: ID,
    ...name,
    ...verdict(need, view),
    ...breaks(cause.map(({ load }) => load)),
    message: `${what} ${needing.length === 1 ? 'needs' : 'need'} ${named}, which the loader does not find (\`${words}\`)${instead.map((text) => `; ${text}`).join('')}${consequence(need, because, needing.length)}`,
    expected: `${named} in ${own === undefined ? searched(first?.lack) : code(own.folder)}`,
    actual: ['not found', ...instead].join('; '),
    help: sonames.every(isOfDriver)
      ? 'Nothing provides a graphics driver on Lambda: use the build of the package that needs none (`tensorflow-cpu`, the CPU wheels of PyTorch).'
      : own === undefined
        ? (forOwn ?? libraryRemedy(sonames, owner, subject, view, copies))
        : leftOut(needing[0] ?? '', owner, subject, view),
    ...examplesOf([...new Set(cause.map(({ lack }) => chain(lack)))]),
    count: needing.length,
    grounds: {
      isInBuild: copies !== undefined,
      passedOver: lacking.flatMap(({ near }) => near.map(({ path }) => posix.normalize(path))),
      ...(own?.incomplete === undefined ? {} : { incomplete: own.incomplete }),
    },
    ...(need === 'unused' ? { bytes: sizeOf(roots, subject) } : {}),
  }
}

const MOST_NAMED = 5

/** `a.so -> libb.so.1 -> libc.so.2 (not found)`, the root by its whole path. */
function chain({ chain: [root = '', ...others], soname }: MissingLibrary): string {
  return [root, ...others.map((path) => posix.basename(path)), `${soname} (not found)`].join(' -> ')
}

function searched(lack: MissingLibrary | undefined): string {
  const folders = lack?.searched ?? []
  const named = folders.slice(0, 4).map(code).join(', ')
  return folders.length > 4 ? `${named} or ${folders.length - 4} more folders` : named || 'the folders of the loader'
}

const WHY: Readonly<Record<MissingLibrary['near'][number]['why'], string>> = {
  'not-searched': 'where the loader does not look',
  'other-version': 'which is another version',
  'other-processor': 'which is for another processor',
  'other-libc': 'which is for another C library',
  unreadable: 'which cannot be read',
}

/** Where what compiled the code has it, at most two. */
function inBuild(copies: BuildCopies | undefined, subject: Subject): string {
  if (copies === undefined) return ''
  const places = copies.found.slice(0, 2).map(({ soname, path, package: from }) => {
    const which = copies.found.length === 1 ? 'it' : code(soname)
    const brought = from === undefined ? '' : ` (package ${code(`${from.name} ${from.version}`)})`
    return `${which} in ${code(posix.dirname(path))}${brought}`
  })
  return `${buildPlace(subject).name} has ${places.join(' and ')}`
}

/** What was found instead, at most two. */
function nearest(cause: readonly Missing[]): string {
  const near = new Map(
    cause.flatMap(({ lack }) => lack.near.map((one) => [posix.normalize(one.path), one.why] as const)),
  )
  return [...near]
    .slice(0, 2)
    .map(([path, why]) => `found ${code(path)}, ${WHY[why]}`)
    .join('; ')
}
