import { spawnSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type LoaderProcess, loadInto, startProcess } from '../../src/loader/load.ts'
import { failsToLoad } from '../../src/loader/load-result.ts'
import { type LoaderSystem, loaderSystem } from '../../src/loader/loader-system.ts'
import { seeded } from '../builders/random.ts'
import { folderView } from './folder-view.ts'
import { openingOrder, type RandomTree, randomTree } from './random-tree.ts'
import { parseTrace } from './traced.ts'

/** This machine's loader on trees that are made up: run paths of both kinds, links, sonames that lie, foreign files. */
const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1)
const LOADER = '/lib64/ld-linux-x86-64.so.2'

it.each(SEEDS)('the tree of seed %i is loaded as the real loader does', async (seed) => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'loader-tree-')))
  try {
    const tree = await randomTree(root, seeded(seed))
    const view = folderView('/', { LD_LIBRARY_PATH: tree.libraryPath, LAMBDA_TASK_ROOT: root }, [root])
    const system = loaderSystem(view, 'x86_64')
    const files = [...tree.libraries.filter((path) => view.tree.elf.has(path)), tree.program]
    for (const path of files) {
      const file = view.tree.elf.get(path)
      const { result } = startProcess(system, file)
      const real = parseTrace(traced(tree, root, [LOADER, path], { LD_TRACE_LOADED_OBJECTS: '1' }).output)
      const where = `${path} of seed ${seed}`
      if (result?.refused !== undefined || real.errors.length > 0) {
        // Where it gives up at one object, it says nothing of the others.
        expect(result && failsToLoad(result), `${where}: ${real.errors}`).toBe(true)
        continue
      }
      const ours = result?.objects.slice(1).map((object) => object.path)
      expect(sorted(ours), where).toEqual(sorted(real.objects.filter(isOurs)))
      expect(sorted(result?.missing.map(({ soname }) => soname).filter(isNotLibc)), where).toEqual(sorted(real.missing))
    }
    expect(openedByUs(system, tree, seed)).toEqual(openedForReal(tree, root, seed))
  } finally {
    rmSync(root, { recursive: true, force: true })
  }

  function isOurs(path: string): boolean {
    return path.startsWith(root)
  }
})

type Opened = { readonly starts: boolean; readonly answers: readonly string[]; readonly objects: readonly string[] }

function openedByUs(system: LoaderSystem, tree: RandomTree, seed: number): Opened {
  const { tree: files } = system.view
  const { process: started, result } = startProcess(system, files.elf.get(tree.program))
  if (result?.missing.some(({ soname }) => isNotLibc(soname))) return { starts: false, answers: [], objects: [] }
  let process: LoaderProcess = started
  const answers = openingOrder(tree, seed).map((path) => {
    const file = files.elf.get(files.resolve(path)?.path ?? '')
    if (file === undefined) return 'no'
    const loaded = loadInto(process, file, path)
    process = loaded.process
    return failsToLoad(loaded.result) ? 'no' : 'ok'
  })
  const objects = process.loaded.map(({ path }) => path).filter((path) => path !== tree.program)
  return { starts: true, answers, objects: sorted(objects) }
}

function openedForReal(tree: RandomTree, root: string, seed: number): Opened {
  const { status, output } = traced(tree, root, [tree.program, ...openingOrder(tree, seed)], {})
  if (status !== 0) return { starts: false, answers: [], objects: [] }
  const lines = output.split('\n')
  return {
    starts: true,
    answers: lines.flatMap((line) => /^(ok|no) /.exec(line)?.[1] ?? []),
    objects: sorted(
      lines.flatMap((line) => /^object (.*)$/.exec(line)?.[1] ?? []).filter((path) => path.startsWith(root)),
    ),
  }
}

function traced({ libraryPath }: RandomTree, root: string, argv: readonly string[], env: Record<string, string>) {
  const [command = '', ...rest] = argv
  const library = libraryPath === '' ? {} : { LD_LIBRARY_PATH: libraryPath }
  const { status, stdout, stderr } = spawnSync(command, rest, {
    cwd: root,
    env: { ...library, ...env },
    encoding: 'utf8',
  })
  return { status, output: `${stdout}\n${stderr}` }
}

function isNotLibc(soname: string): boolean {
  return soname !== 'libc.so.6'
}

function sorted(texts: readonly string[] = []): readonly string[] {
  return texts.toSorted()
}
