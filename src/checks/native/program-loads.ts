import { posix } from 'node:path'
import type { FileEntry } from '../../inspect/evidence.ts'
import type { Subject } from '../check.ts'
import { groupBy } from '../facts/examples.ts'
import { imageTree, isFile } from '../facts/image-tree.ts'
import type { NativeLoad, Need } from '../facts/native-loads.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { parseShebang } from '../facts/shebang.ts'
import { AWS_ENTRYPOINT, startProgram } from '../facts/start-program.ts'
import { userScope } from '../facts/user-scope.ts'
import { loadFile } from './load-file.ts'
import { userNativeFiles } from './user-files.ts'

type Started = { readonly path: string; readonly need: Need; readonly because: string }

// Where AWS's custom runtimes look for their program, in this order.
const BOOTSTRAPS = ['/var/runtime/bootstrap', '/var/task/bootstrap', '/opt/bootstrap']

/**
 * The user's programs that are started as processes: what Lambda starts (ENTRYPOINT, a custom runtime's `bootstrap`,
 * extensions) is required; commands in the folders of PATH are there for code that may call them.
 */
export function programLoads(subject: Subject, view: RuntimeView): readonly NativeLoad[] {
  const files = userNativeFiles(subject)
  const { elf } = imageTree(subject.artifact)
  const { isOfBase } = userScope(subject)
  const interpretersOf = interpreters(view)
  // A system's own scripts are most of them, and no program of the user's reads those.
  const scripts = Object.entries(subject.artifact.firstLines).flatMap(([script, line]) =>
    interpretersOf(line)?.some((path) => files.has(path)) ? [script] : [],
  )
  return [
    ...entryProgram(subject),
    ...bootstrap(subject, view),
    ...extensions(subject),
    ...commands(subject, view, [...files.keys(), ...scripts]),
  ]
    .flatMap((started) => withInterpreter(started, subject, interpretersOf))
    .flatMap(({ path, need, because }) => {
      // Without a base to compare with, what Lambda starts is the user's wherever it lies.
      const file = files.get(path) ?? (need === 'required' && !isOfBase(path) ? elf.get(path) : undefined)
      if (file === undefined) return []
      const result = loadFile(file, view, subject.plan.architecture)
      return [{ file, by: 'program' as const, need, because, result }]
    })
}

function entryProgram({ artifact }: Subject): readonly Started[] {
  const file = startProgram(artifact)?.file
  return file === undefined
    ? []
    : [{ path: file.path, need: 'required', because: `Lambda starts ${file.path} as ENTRYPOINT` }]
}

/** A language runtime starts a bootstrap of its own, and does not look at the user's. */
function bootstrap(subject: Subject, view: RuntimeView): readonly Started[] {
  const { artifact, plan } = subject
  const family = view.runtime?.family ?? plan.runtime?.family
  const start = startProgram(artifact)?.file?.path
  if (family !== 'provided' || (start !== undefined && start !== AWS_ENTRYPOINT)) return []
  const { isOfBase } = userScope(subject)
  const file = BOOTSTRAPS.map((path) => imageTree(artifact).resolve(path)).find(
    (entry) => isFile(entry) && !isOfBase(entry.path),
  )
  return file === undefined
    ? []
    : [{ path: file.path, need: 'required', because: `Lambda starts ${file.path} as bootstrap` }]
}

/** Lambda starts every one of them before the function, and ends the environment when one does not start. */
function extensions({ artifact }: Subject): readonly Started[] {
  return imageTree(artifact)
    .childrenOf('/opt/extensions')
    .filter(isFile)
    .map(({ path }) => ({ path, need: 'required', because: `Lambda starts ${path} as an extension` }))
}

/** Those of the user's programs that lie in a folder of PATH. */
function commands(
  { artifact }: Subject,
  { environment }: RuntimeView,
  programs: readonly string[],
): readonly Started[] {
  const { entries } = imageTree(artifact)
  const folders = new Set(['/opt/bin', ...(environment.PATH ?? '').split(':').map((folder) => posix.normalize(folder))])
  const inPath = groupBy(programs, posix.dirname)
  return [...folders]
    .flatMap((folder) => inPath.get(folder) ?? [])
    .filter((path) => isExecutable(entries.get(path)))
    .map((path) => ({ path, need: 'optional', because: `${path} is a command in PATH` }))
}

function isExecutable(entry: FileEntry | undefined): boolean {
  return isFile(entry) && (entry.mode & 0o111) !== 0
}

/** A script is as good as the program that reads it, when the user brings that too. */
function withInterpreter(
  started: Started,
  { artifact }: Subject,
  interpretersOf: ReturnType<typeof interpreters>,
): readonly Started[] {
  const line = imageTree(artifact).elf.has(started.path) ? undefined : artifact.firstLines[started.path]
  const interpreters = line === undefined ? undefined : interpretersOf(line)
  return interpreters?.map((path) => ({ ...started, path, because: `interpreter of ${started.path}` })) ?? [started]
}

/** What is started for a first line; hundreds of scripts share a few of them. */
function interpreters({ tree, environment }: RuntimeView) {
  const folders = (environment.PATH ?? '/usr/bin:/bin').split(':').filter((folder) => folder.startsWith('/'))
  const known = new Map<string, readonly string[] | undefined>()
  return (line: string): readonly string[] | undefined => {
    if (!known.has(line)) known.set(line, search(line))
    return known.get(line)
  }

  function search(line: string): readonly string[] | undefined {
    const shebang = parseShebang(line)
    if (shebang === undefined) return undefined
    const { interpreter, program } = shebang
    const named = program === undefined ? [] : folders.map((folder) => tree.resolve(`${folder}/${program}`))
    return [tree.resolve(interpreter), named.find(isFile)].filter(isFile).map(({ path }) => path)
  }
}
