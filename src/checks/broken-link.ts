import { posix } from 'node:path'
import type { FileEntry } from '../inspect/evidence.ts'
import type { Check, Confidence, Finding, Level, Subject } from './check.ts'
import { commonFolder, examplesOf, groupBy } from './facts/examples.ts'
import { imageTree, isWithin } from './facts/image-tree.ts'
import { type RuntimeView, runtimeViews } from './facts/runtime-view.ts'
import { userScope } from './facts/user-scope.ts'
import { code, counted } from './facts/wording.ts'
import { LINK_FAULTS, type LinkFault } from './layer/link-faults.ts'
import { isBuildPlace, linkTarget } from './layer/link-target.ts'
import { acrossRuntimes } from './native/across-runtimes.ts'

const ID = 'broken-link'

export const brokenLink: Check = {
  id: ID,
  title: 'Symbolic links lead to something',
  appliesTo: () => true,
  run(subject) {
    const { isCode } = userScope(subject)
    const links = imageTree(subject.artifact)
      .sought('links')
      .filter(({ path }) => isCode(path))
    const root = subject.plan.kind === 'layer' ? '/opt' : '/'
    const judged = runtimeViews(subject).map((view) => ({ view, links: links.map((link) => judge(link, root, view)) }))
    const unread = judged.flatMap(({ links: ofView }) => ofView.filter(({ open: unknown }) => unknown))
    const open = [...new Map(unread.map((one) => [one.link.path, one])).values()]
    return {
      findings: acrossRuntimes(subject, (view) => {
        const broken = judged.find((one) => one.view === view)?.links.filter(({ level }) => level !== undefined) ?? []
        const groups = groupBy(broken, ({ level, cause, folder }) => `${level} ${cause} ${folder}`)
        return [...groups.values()].flatMap((same) => finding(same, subject))
      }),
      ...(open.length === 0
        ? {}
        : {
            notChecked: `${counted(open.length, 'link')} ${open.length === 1 ? 'leads' : 'lead'} out of the layer, for example ${open[0]?.link.path} -> ${open[0]?.link.link}, and the runtime image was not read`,
          }),
    }
  },
}

type Judged = {
  readonly link: FileEntry
  readonly target: string
  /** Absent: nothing is wrong with it. */
  readonly level?: Level
  readonly cause: LinkFault
  readonly confidence: Confidence
  /** By which links are counted as one cause. */
  readonly folder: string
  /** What it leads to was not read. */
  readonly open: boolean
}

function judge(link: FileEntry, root: string, view: RuntimeView): Judged {
  const written = link.link ?? ''
  const target = linkTarget(link.path, written, view.tree)
  const where = target.state === 'circle' ? '' : target.path
  const leaves = target.state !== 'circle' && root !== '/' && !isWithin(where, root)
  // The function's own code is another artifact; a runtime that was not read may hold it.
  const unread = leaves && (isWithin(where, '/var/task') || view.confidence === 'table') && !isBuildPlace(where)
  const facts = {
    link,
    target: where,
    confidence: view.confidence,
    folder: causeFolder(link.path),
    open: false,
  } as const
  if (target.state === 'found') {
    return leaves ? { ...facts, level: 'note', cause: 'leaves' } : { ...facts, cause: 'leaves' }
  }
  if (unread) return { ...facts, cause: 'leaves', open: true }
  const cause =
    target.state === 'circle'
      ? 'circle'
      : /\/(?:\.pnpm|\.store|\.yarn)\//.test(`${where}/`) || /(?:^|\/)\.pnpm\//.test(written)
        ? 'store'
        : isBuildPlace(where)
          ? 'build-place'
          : 'missing'
  return { ...facts, level: levelOf(link.path), cause }
}

/** What Lambda starts, and no language looks for: every runtime's extensions, the bootstrap of a custom one. */
const STARTED = /^\/opt\/(?:bootstrap|extensions\/[^/]+)$/

/** A package that is a link is what `require` or `import` opens; commands and tests are opened by nobody. */
function levelOf(path: string): Level {
  if (STARTED.test(path)) return 'error'
  if (/\/(?:\.bin|bin|Scripts)\/[^/]+$|\/(?:tests?|__tests__|fixtures?|examples?|docs?|man)\//.test(path)) return 'note'
  if (/\/(?:lib64|include|share|doc)$/.test(path)) return 'note'
  const inPackage =
    /\/node_modules\/(?:@[^/]+\/)?[^/]+\/.+/.test(path) && !/\/node_modules\/(?:@[^/]+\/)?[^/]+$/.test(path)
  if (!inPackage && /^\/(?:opt\/nodejs|var\/task)(?:\/node\d+)?\/node_modules\/(?:@[^/]+\/)?[^/.][^/]*$/.test(path))
    return 'error'
  if (/^\/opt\/python\/(?:lib\/python3\.\d+\/site-packages\/)?[A-Za-z_]\w*(?:\.py)?$/.test(path)) return 'error'
  return 'warning'
}

/** `node_modules` of all packages, else the folder that holds the link. */
function causeFolder(path: string): string {
  const modules = /^(.*?\/node_modules)\//.exec(path)?.[1]
  return modules ?? posix.dirname(path)
}

function finding(same: readonly Judged[], subject: Subject): readonly Finding[] {
  const [first] = same
  if (first?.level === undefined) return []
  const { link, target, cause, level, confidence } = first
  const paths = same.map((one) => one.link.path)
  const one = same.length === 1
  const what = one ? code(link.path) : `${same.length} links in ${code(commonFolder(paths))}`
  const words = LINK_FAULTS[cause]
  return [
    {
      rule: ID,
      level,
      confidence: level === 'error' && confidence === 'heuristic' ? 'table' : confidence,
      subject: one ? link.path : commonFolder(paths),
      message: `${what} ${words.says(one)}`,
      expected: words.expected,
      actual: `${code(`${posix.basename(link.path)} -> ${link.link}`)}${target === '' ? '' : cause === 'leaves' ? `, ${code(target)}` : `: no ${code(target)}`}`,
      help: words.help(subject.plan.kind === 'layer', /\/node_modules\//.test(link.path)),
      ...examplesOf(one ? [link.path] : same.map((each) => `${each.link.path} -> ${each.link.link}`)),
    },
  ]
}
