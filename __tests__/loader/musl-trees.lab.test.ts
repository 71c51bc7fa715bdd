import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { unpackPackages } from '../../lab/debian/unpack.ts'
import { labFolders } from '../../lab/folders.ts'
import type { RuntimeView } from '../../src/checks/facts/runtime-view.ts'
import { loaderReader } from '../../src/inspect/loader/loader-reader.ts'
import { type LoaderProcess, loadInto, startProcess } from '../../src/loader/load.ts'
import { failsToLoad } from '../../src/loader/load-result.ts'
import { type LoaderSystem, loaderSystem } from '../../src/loader/loader-system.ts'
import { makeFile } from '../builders/evidence.ts'
import { seeded } from '../builders/random.ts'
import { folderView } from './folder-view.ts'
import { openingOrder, type RandomTree, randomTree } from './random-tree.ts'

/**
 * Debian's musl on the trees that are made up for glibc's loader: run paths of both kinds, `$ORIGIN`, the library path, the file of
 * folders, links, sonames that lie, files that are no libraries. musl finds the file of folders beside the folder that its loader
 * lies in. Files of another processor are left out: musl does not look at it, maps them, and fails only at what is in them.
 */
const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1)
const CONFIGURED = '/etc/ld-musl-x86_64.path'

let loader: string

beforeAll(async () => {
  const unpacked = await unpackPackages(labFolders(), 'musl', ['musl'])
  loader = join(unpacked, 'lib/x86_64-linux-musl/libc.so')
}, 300_000)

it.each(SEEDS)('the tree of seed %i is loaded as musl does', async (seed) => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'musl-tree-')))
  try {
    const random = seeded(seed)
    const real = installed(root, foldersFile(root, random))
    const tree = await randomTree(root, random, { foreign: false, interpreter: real.loader })
    const system = loaderSystem(muslView(tree, root, real.configured), 'x86_64')
    const files = [...tree.libraries.filter((path) => system.view.tree.elf.has(path)), tree.program]
    for (const path of files) {
      const { result } = startProcess(system, system.view.tree.elf.get(path))
      const listed = parseList(run(real.loader, tree, root, ['--list', path]).output, root)
      const where = `${path} of seed ${seed}`
      if (result?.refused !== undefined || listed.errors.length > 0) {
        expect(result?.refused, `${where}: ${listed.errors}`).toBeDefined()
        expect(listed.errors, where).not.toEqual([])
        continue
      }
      const ours = result?.objects.slice(1).flatMap((object) => (object.path.startsWith(root) ? [object.path] : []))
      expect(sorted(ours), where).toEqual(sorted(listed.objects))
      expect(sorted(result?.missing.map(({ soname }) => soname)), where).toEqual(sorted(listed.missing))
    }
    expect(openedByUs(system, tree, seed)).toEqual(openedForReal(real.loader, tree, root, seed))
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})

type Installed = { readonly loader: string; readonly configured: string }

/** A loader of the tree's own, with its file of folders. */
function installed(root: string, configured: string): Installed {
  for (const folder of ['musl/lib', 'musl/etc']) mkdirSync(join(root, folder), { recursive: true })
  const copy = join(root, 'musl/lib/ld-musl-x86_64.so.1')
  copyFileSync(loader, copy)
  writeFileSync(join(root, 'musl', CONFIGURED), configured)
  return { loader: copy, configured }
}

/** Folders by lines and colons, empty ones among them, or none at all. */
function foldersFile(root: string, random: () => number): string {
  const folders = ['a', 'c/up', 'absent', 'linked'].filter(() => random() < 0.3).map((folder) => join(root, folder))
  return folders.join(random() < 0.5 ? ':' : '\n\n')
}

function muslView(tree: RandomTree, root: string, configured: string): RuntimeView {
  const environment = { LD_LIBRARY_PATH: tree.libraryPath, LAMBDA_TASK_ROOT: root }
  const view = folderView('/', environment, [root])
  const draft = loaderReader.read(makeFile(CONFIGURED), Buffer.from(configured))
  const lines = draft === undefined ? [] : loaderReader.finish(new Map([[CONFIGURED, draft]]))
  return { ...view, libc: { family: 'musl', version: '1.2.3' }, facts: { ...view.facts, loader: lines } }
}

type Listed = {
  readonly objects: readonly string[]
  readonly missing: readonly string[]
  readonly errors: readonly string[]
}

/** What musl prints of one object with `--list`: it goes on after a library that it cannot load. */
function parseList(output: string, root: string): Listed {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const objects = lines.flatMap((line) => LISTED.exec(line)?.[1] ?? []).map(plain)
  const missing = lines.flatMap(
    (line) => /^Error loading shared library (\S+): .* \(needed by .*\)$/.exec(line)?.[1] ?? [],
  )
  const known = /^\t|^Error loading shared library .* \(needed by |^Error relocating /
  return {
    objects: [...new Set(objects.filter((path) => path.startsWith(root) && isOfTree(path)))],
    missing: [...new Set(missing)],
    errors: lines.filter((line) => !known.test(line)),
  }
}

const LISTED = /^\t\S+ => (\/.+) \(0x[0-9a-f]+\)$/

/** musl joins folder and name, whether the folder ends in a slash or not. */
function plain(path: string): string {
  return path.replace(/\/\/+/g, '/')
}

type Opened = { readonly starts: boolean; readonly answers: readonly string[]; readonly objects: readonly string[] }

function openedByUs(system: LoaderSystem, tree: RandomTree, seed: number): Opened {
  const { tree: files } = system.view
  const { process: started, result } = startProcess(system, files.elf.get(tree.program))
  if (result === undefined || failsToLoad(result)) return { starts: false, answers: [], objects: [] }
  let process: LoaderProcess = started
  const answers = openingOrder(tree, seed).map((path) => {
    const file = files.elf.get(files.resolve(path)?.path ?? '')
    if (file === undefined) return 'no'
    const loaded = loadInto(process, file, path)
    process = loaded.process
    return failsToLoad(loaded.result) ? 'no' : 'ok'
  })
  const objects = process.loaded.map(({ path }) => path).filter((path) => path !== tree.program && isOfTree(path))
  return { starts: true, answers, objects: sorted(objects) }
}

function openedForReal(musl: string, tree: RandomTree, root: string, seed: number): Opened {
  const { status, output } = run(musl, tree, root, [tree.program, ...openingOrder(tree, seed)])
  if (status !== 0) return { starts: false, answers: [], objects: [] }
  const lines = output.split('\n')
  const objects = lines.flatMap((line) => /^object (.*)$/.exec(line)?.[1] ?? []).map(plain)
  return {
    starts: true,
    answers: lines.flatMap((line) => /^(ok|no) /.exec(line)?.[1] ?? []),
    objects: sorted(objects.filter((path) => path !== tree.program && isOfTree(path))),
  }
}

function isOfTree(path: string): boolean {
  return path.startsWith('/') && !path.endsWith('/ld-musl-x86_64.so.1')
}

function run(musl: string, { libraryPath }: RandomTree, root: string, argv: readonly string[]) {
  const library = libraryPath === '' ? [] : ['--library-path', libraryPath]
  const { status, stdout, stderr } = spawnSync(musl, [...library, ...argv], { cwd: root, env: {}, encoding: 'utf8' })
  return { status, output: `${stdout}\n${stderr}` }
}

function sorted(texts: readonly string[] = []): readonly string[] {
  return texts.toSorted()
}
