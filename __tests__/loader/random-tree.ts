import { copyFileSync, linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { run } from '../../lab/process/command.ts'
import { seeded } from '../builders/random.ts'

/** Folders with tiny libraries that need each other in every way the loader knows, and a program that opens libraries. */
export type RandomTree = {
  readonly libraries: readonly string[]
  readonly program: string
  readonly libraryPath: string
}

const FOLDERS = ['a', 'b', 'a/sub', 'c']
const NAMES = ['libone.so.1', 'libtwo.so.1', 'libthree.so.2', 'libfour.so', 'libfive.so.5']
const EM_AARCH64 = 183

/**
 * `random` gives numbers from 0 to 1: the same numbers give the same tree. `foreign`: with files of another processor.
 * `interpreter`: another loader than this machine's.
 */
export async function randomTree(
  root: string,
  random: () => number,
  { foreign = true, interpreter }: { readonly foreign?: boolean; readonly interpreter?: string } = {},
): Promise<RandomTree> {
  const chance = (probability: number) => random() < probability
  const stubs = join(root, 'stubs')
  for (const folder of ['stubs', ...FOLDERS]) mkdirSync(join(root, folder), { recursive: true })
  symlinkSync(pick(FOLDERS), join(root, 'linked'))
  symlinkSync('../b', join(root, 'c', 'up'))
  await run('as', ['-o', join(root, 'empty.o')], { input: '.section .note.GNU-stack,"",@progbits\n' })
  for (const name of NAMES) await link(join(stubs, name), ['-soname', name])

  const libraries: string[] = []
  const linkable: string[] = []
  for (const folder of FOLDERS) {
    for (const name of NAMES) {
      if (!chance(0.45)) continue
      const path = join(root, folder, name)
      await place(path)
      libraries.push(path)
    }
  }
  const program = join(root, pick(FOLDERS), 'program')
  const source = new URL('dlopen.c', import.meta.url).pathname
  const options = ['--no-as-needed', '--allow-shlib-undefined', ...runPath()].map((option) => `-Wl,${option}`)
  const loader = interpreter === undefined ? [] : [`-Wl,--dynamic-linker=${interpreter}`]
  await run('gcc', ['-o', program, source, ...loader, ...options, ...needed(0.15)])
  return { libraries, program, libraryPath: chance(0.6) ? paths([]) : '' }

  async function place(path: string): Promise<void> {
    const kind = random()
    const other = linkable.length > 0 ? pick(linkable) : undefined
    if (kind < 0.05) writeFileSync(path, 'not a library')
    else if (kind < 0.13 && foreign) await otherProcessors(path)
    else if (kind < 0.22) symlinkSync(other ?? join(root, 'absent'), path)
    else if (kind < 0.27 && other !== undefined) linkSync(other, path)
    else if (kind < 0.32 && other !== undefined) copyFileSync(other, path)
    else {
      const soname = chance(0.2) ? [] : ['-soname', chance(0.8) ? basename(path) : pick(NAMES)]
      await link(path, [...soname, ...runPath(), ...needed(0.3), ...byPath()])
      linkable.push(path)
    }
  }

  function needed(probability: number): string[] {
    return NAMES.filter(() => chance(probability)).map((name) => join(stubs, name))
  }

  /** What has no soname is needed by the path that the linker was given. */
  function byPath(): string[] {
    return linkable.length > 0 && chance(0.15) ? [pick(linkable)] : []
  }

  function runPath(): string[] {
    const kind = random()
    if (kind < 0.3) return []
    return [kind < 0.65 ? '--disable-new-dtags' : '--enable-new-dtags', `-rpath=${paths(ORIGINS)}`]
  }

  function paths(origins: readonly string[]): string {
    return Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
      const folder = pick([...FOLDERS, 'linked', 'c/up', 'absent'])
      return pick([join(root, folder), `${root}/b/../${folder}/`, ...origins.map((origin) => `${origin}/../${folder}`)])
    }).join(':')
  }

  async function otherProcessors(path: string): Promise<void> {
    await link(path, ['-soname', basename(path)])
    const bytes = readFileSync(path)
    bytes.writeUInt16LE(EM_AARCH64, 18)
    writeFileSync(path, bytes)
  }

  async function link(path: string, argv: readonly string[]): Promise<void> {
    const options = ['-shared', '--no-as-needed', '--allow-shlib-undefined']
    await run('ld', [...options, '-o', path, join(root, 'empty.o'), ...argv])
  }

  function pick<T>(choices: readonly T[]): T {
    return choices[Math.floor(random() * choices.length)] as T
  }
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: the other spelling of the loader's own token
const ORIGINS = ['$ORIGIN', '${ORIGIN}', '$ORIGIN/sub']

/** Libraries in an order of their own, each opened by its path in one process. */
export function openingOrder(tree: RandomTree, seed: number): readonly string[] {
  const random = seeded(seed + 1000)
  return tree.libraries
    .map((path) => ({ path, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ path }) => path)
}
