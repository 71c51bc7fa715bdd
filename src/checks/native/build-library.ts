import { posix } from 'node:path'
import type { ElfFile, Evidence, FileEntry } from '../../inspect/evidence.ts'
import { fileTree, followLinks } from '../../inspect/file-tree.ts'
import { mergedFolders } from '../../inspect/folder-index.ts'
import { OverlayMap } from '../../inspect/overlay-map.ts'
import { type Architecture, architectureRow } from '../../lambda/architecture.ts'
import { loadInto, startProcess } from '../../loader/load.ts'
import type { LoadResult, UnmetVersion } from '../../loader/load-result.ts'
import { loaderSystem } from '../../loader/loader-system.ts'
import type { Subject } from '../check.ts'
import { imageTree } from '../facts/image-tree.ts'
import { type InstalledPackage, packageOfLibrary } from '../facts/installed-packages.ts'
import { nativeness } from '../facts/machine.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { hostProcess } from './host-process.ts'

/** A library of what compiled the code; `path` is where its loader finds it, folders' links followed. */
export type BuildLibrary = { readonly soname: string; readonly path: string; readonly package?: InstalledPackage }

/** What would have to be copied for libraries that the runtime lacks. */
export type BuildCopies = {
  /** Those asked for and found, in that order. */
  readonly found: readonly BuildLibrary[]
  /** The same and what they need in turn, as far as the runtime lacks it. */
  readonly copies: readonly BuildLibrary[]
  /** Versions that the copies need and the runtime lacks: copying would only move the failure. */
  readonly unmet: readonly UnmetVersion[]
  /** Folder of the function that the loader searches. */
  readonly folder: string
}

/** Looks for libraries in what compiled the code, and tries in mind whether copies of them would load. */
export function buildCopies(sonames: readonly string[], subject: Subject, view: RuntimeView): BuildCopies | undefined {
  const { build, plan } = subject
  if (build === undefined) return undefined
  const files = filesFor(sonames, build, plan.architecture)
  const found = sonames.flatMap((soname) => library(soname, files.get(soname), build))
  if (found.length === 0) return undefined
  const runtime = hostProcess(view, plan.architecture).process
  const lacking = [...files].filter(
    ([soname]) => loadInto(runtime, asking([soname], plan.architecture)).result.missing.length > 0,
  )
  const folder = searchedFolder(subject, view)
  const { unmet } = tried(lacking, folder, view, plan.architecture)
  return { found, copies: lacking.flatMap(([soname, file]) => library(soname, file, build)), unmet, folder }
}

/** The library that answers for a soname in what compiled the code, when it defines that version. */
export function definedInBuild(
  { soname, version }: Pick<UnmetVersion, 'soname' | 'version'>,
  { build, plan }: Subject,
): BuildLibrary | undefined {
  if (build === undefined) return undefined
  const found = filesFor([soname], build, plan.architecture).get(soname)
  return found?.file.versionsDefined.includes(version) ? library(soname, found, build)[0] : undefined
}

type Found = { readonly file: ElfFile; readonly path: string }

/** By soname: what the build's own loader takes for them and for what they need; else a file of that soname anywhere. */
function filesFor(sonames: readonly string[], build: Evidence, architecture: Architecture): ReadonlyMap<string, Found> {
  const process = startProcess(loaderSystem(buildView(build), architecture), undefined).process
  const files = new Map<string, Found>()
  const take = ({ objects }: LoadResult): void => {
    for (const { file, path, how } of objects)
      if (how !== 'root') files.set(file.soname ?? posix.basename(path), { file, path })
  }
  for (const soname of sonames) {
    take(loadInto(process, asking([soname], architecture)).result)
    if (files.has(soname)) continue
    const elsewhere = build.elf.find((file) => file.soname === soname && nativeness(file, architecture) === 'native')
    if (elsewhere === undefined) continue
    files.set(soname, { file: elsewhere, path: elsewhere.path })
    take(loadInto(process, elsewhere).result)
  }
  return files
}

function library(soname: string, found: Found | undefined, build: Evidence): readonly BuildLibrary[] {
  if (found === undefined) return []
  const folder = imageTree(build).resolve(posix.dirname(found.path))?.path ?? posix.dirname(found.path)
  const path = posix.join(folder, posix.basename(found.path))
  const from = packageOfLibrary(soname, path, build)
  return [{ soname, path, ...(from === undefined ? {} : { package: from }) }]
}

const views = new WeakMap<Evidence, RuntimeView>()

/** What a process of the build sees. */
function buildView(build: Evidence): RuntimeView {
  const known = views.get(build)
  if (known !== undefined) return known
  const view: RuntimeView = {
    reference: build.subject.reference,
    tree: imageTree(build),
    facts: build.facts,
    environment: build.image?.environment ?? {},
    ...(build.os === undefined ? {} : { os: build.os }),
    ...(build.libc === undefined ? {} : { libc: build.libc }),
    tools: build.tools,
    confidence: 'proven',
  }
  views.set(build, view)
  return view
}

/** The copies in their folder, loaded by a process of the runtime. */
function tried(
  copies: readonly (readonly [string, Found])[],
  folder: string,
  view: RuntimeView,
  architecture: Architecture,
): LoadResult {
  const files = copies.map(([soname, { file }]) => ({ ...file, path: posix.join(folder, soname) }))
  const copied = fileTree(
    files.map(({ path }): FileEntry => ({ path, type: 'file', mode: 0o755, uid: 0, gid: 0, size: 1, mtime: 0 })),
  )
  const tree = {
    ...followLinks(new OverlayMap(copied.entries, view.tree.entries), {
      ...view.tree,
      ...mergedFolders(copied, view.tree),
    }),
    elf: new OverlayMap(new Map(files.map((file) => [file.path, file] as const)), view.tree.elf),
  }
  const { process } = hostProcess({ ...view, tree }, architecture)
  return loadInto(
    process,
    asking(
      copies.map(([soname]) => soname),
      architecture,
    ),
  ).result
}

/** The last folder of LD_LIBRARY_PATH that is the function's own; an image without one has its system's. */
function searchedFolder({ plan }: Subject, view: RuntimeView): string {
  if (plan.kind === 'layer') return '/opt/lib'
  const folders = (view.environment.LD_LIBRARY_PATH ?? '').split(':').map((folder) => posix.normalize(folder))
  if (folders.includes('/var/task/lib')) return '/var/task/lib'
  const own = folders.findLast((folder) => folder.startsWith('/'))
  return own ?? loaderSystem(view, plan.architecture).defaults.at(-1)?.path ?? '/usr/lib'
}

/** A library that needs these and nothing else. */
function asking(needed: readonly string[], architecture: Architecture): ElfFile {
  return {
    path: '/var/task/.asking',
    class: 64,
    littleEndian: true,
    machine: architectureRow(architecture).elfMachine,
    osAbi: 0,
    type: 3,
    needed,
    versionsNeeded: [],
    versionsDefined: [],
  }
}
