import { posix } from 'node:path'
import type { ForeignFile } from '../../inspect/binaries/foreign-file.ts'
import type { ElfFile, Evidence } from '../../inspect/evidence.ts'
import type { Subject } from '../check.ts'
import { nodeUse } from '../node/node-use.ts'
import { pythonImports } from '../python/python-imports.ts'
import { pythonNeeds } from '../python/python-needs.ts'
import { isGuardedLoad } from './guarded-load.ts'
import { isWithin } from './image-tree.ts'
import { nativeness } from './machine.ts'
import { nativeLoads } from './native-loads.ts'
import { owners } from './owners.ts'
import { packageFolder } from './package-folder.ts'
import { isPlatformVariant, variantKey } from './platform-variant.ts'
import { runtimeViews } from './runtime-view.ts'
import { userScope } from './user-scope.ts'

/**
 * How Linux would come to a file that it cannot load. `loaded`: under exactly this name, and nothing else is there to
 * take instead. `spare`: never, by its name or its package. `unknown`: its name fits, but nothing shows that it is needed.
 */
export type ForeignUse = 'loaded' | 'spare' | 'unknown'

const known = new WeakMap<Evidence, ReadonlyMap<string, ForeignFile>>()

/** What lies at a path instead of native code for Linux: a file of another system, or one that is none at all. */
export function foreignAt(path: string, evidence: Evidence): ForeignFile | undefined {
  const files = known.get(evidence) ?? new Map(evidence.facts.foreign.map((file) => [file.path, file]))
  known.set(evidence, files)
  return files.get(path)
}

/** The user's files of that kind, in the order of paths. */
export function foreignFiles(subject: Subject): readonly ForeignFile[] {
  const { contains } = userScope(subject)
  return subject.artifact.facts.foreign.filter(({ path }) => contains(path))
}

// Words of other systems, in file names too: `_psutil_osx.abi3.so`, `addon.darwin-arm64.node`.
const OTHER_SYSTEM =
  /(?<![a-z0-9])(?:darwin|macos(?:x)?|osx|mac|apple|ios|win32|win64|windows|win|msvc|mingw|cygwin|pc-windows|android|freebsd|openbsd|sunos|aix)(?![a-z0-9])/i
const OTHER_ENDING = /\.(?:dylib|dll|pyd|exe)$|\.cpython-\d+-darwin\.so$/i
const EXAMPLES = /\/(?:tests?|__tests__|testing|fixtures?|examples?|testdata|test-data|docs?)\//i
/** Extension modules with a tag of Linux or of the stable ABI: Python opens exactly these. */
const PYTHON_MODULE = /\.(?:cpython-\d+\w*-(?:x86_64|aarch64)-linux-gnu|abi3)\.so$/

/** See ForeignUse. */
export function foreignUse({ path }: { readonly path: string }, subject: Subject): ForeignUse {
  const { artifact } = subject
  // What an import asks for it does not do without, whatever its name says.
  const python = pythonUse(path, subject)
  const node = nodeUse(path, subject)
  if (python === 'loaded' || node === 'loaded') return 'loaded'
  if (OTHER_ENDING.test(path) || EXAMPLES.test(path) || otherSystem(path, subject)) return 'spare'
  if (hasSibling(path, subject)) return 'spare'
  if (python !== undefined) return python
  const needed = needOf(path, subject)
  if (needed !== undefined) return needed
  if (node !== undefined) return node
  const isAddon = path.endsWith('.node') && !isPlatformVariant(path) && !hasAddon(packageFolder(path), subject)
  if (!isAddon && !PYTHON_MODULE.test(path)) return 'unknown'
  return isGuardedLoad(path, artifact) ? 'unknown' : 'loaded'
}

/** What imports come to, where there is a Python that has the file among its modules. */
function pythonUse(path: string, subject: Subject): ForeignUse | undefined {
  const views = runtimeViews(subject).filter((view) =>
    pythonImports(subject, view)?.interpreter.path.some((folder) => isWithin(path, folder)),
  )
  if (views.length === 0) return undefined
  const name = posix.basename(path)
  const isRequired = views.some((view) => {
    if (pythonNeeds(subject, view).get(path)?.need === 'required') return true
    return nativeLoads(subject, view).some(
      ({ need, result }) => need === 'required' && result.missing.some(({ soname }) => soname === name),
    )
  })
  return isRequired ? 'loaded' : 'unknown'
}

/** By the words in its path below the package, or by what package.json says of its systems. */
function otherSystem(path: string, { artifact }: Subject): boolean {
  const own = path.slice(packageFolder(path).length)
  const name = packageFolder(path).split('/').slice(-2).join('/')
  if (OTHER_SYSTEM.test(own) || OTHER_SYSTEM.test(name)) return true
  const os = owners(artifact)(path)?.npm?.os
  return os !== undefined && !os.includes('linux') && !os.some((one) => one.startsWith('!') && one !== '!linux')
}

const siblings = new WeakMap<Subject, ReadonlySet<string>>()

/** The same file for this system lies beside it, in the folder of another platform. */
function hasSibling(path: string, subject: Subject): boolean {
  if (!isPlatformVariant(path)) return false
  const keys =
    siblings.get(subject) ??
    new Set(
      subject.artifact.elf
        .filter((file) => nativeness(file, subject.plan.architecture) === 'native')
        .map((file) => variantKey(file.path)),
    )
  siblings.set(subject, keys)
  return keys.has(variantKey(path))
}

/** By the native files that want it: addons that packages of Node.js come to are needed as far as these fail without them. */
function needOf(path: string, subject: Subject): ForeignUse | undefined {
  const name = posix.basename(path)
  const wanting = subject.artifact.elf.filter(({ needed, problem }) => problem === undefined && needed.includes(name))
  if (wanting.length === 0) return undefined
  const isOpen = (file: ElfFile) =>
    (nodeUse(file.path, subject) ?? (isVariantOfNode(file.path) ? 'unknown' : 'loaded')) === 'unknown'
  return wanting.every(isOpen) ? 'unknown' : 'loaded'
}

/** An addon of a package for one platform, which no script that was followed comes to. */
function isVariantOfNode(path: string): boolean {
  return path.endsWith('.node') && path.includes('/node_modules/') && isPlatformVariant(path)
}

function hasAddon(folder: string, { artifact, plan }: Subject): boolean {
  return artifact.elf.some(
    (file) =>
      file.path.endsWith('.node') &&
      file.path.startsWith(`${folder}/`) &&
      nativeness(file, plan.architecture) === 'native',
  )
}
