import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { labFolders } from '../../lab/folders.ts'
import { up } from '../../lab/lab.ts'
import { run } from '../../lab/process/command.ts'
import { printedProgress } from '../../lab/progress.ts'
import type { RuntimeView } from '../../src/checks/facts/runtime-view.ts'
import type { ElfFile } from '../../src/inspect/evidence.ts'
import { fileTree } from '../../src/inspect/file-tree.ts'
import { startProcess } from '../../src/loader/load.ts'
import type { LoadResult } from '../../src/loader/load-result.ts'
import { loaderSystem } from '../../src/loader/loader-system.ts'
import { folderView } from './folder-view.ts'
import { nativePackages } from './native-packages.ts'
import { asReadElf, parseReadElf, type ReadElf } from './readelf.ts'
import { parseTrace, type Traced } from './traced.ts'

/**
 * Every dynamic object of the lab's Node image (a whole Debian) and of popular wheels and npm packages at /opt, against
 * the image's own loader: what is loaded from where, what is missing, which versions and symbols are not there.
 */
const LIBRARY_PATH = '/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib'

let root: string
let view: RuntimeView
let traces: ReadonlyMap<string, Traced>
let read: ReadonlyMap<string, ReadElf>

beforeAll(async () => {
  const lab = await up({ images: ['lambda/nodejs:22', 'sam/build-nodejs22.x:latest'] })
  const images = await lab.images(['lambda/nodejs:22', 'sam/build-nodejs22.x:latest'])
  const image = images['lambda/nodejs:22']
  const packages = await nativePackages({ folders: labFolders(), progress: printedProgress() })
  root = mkdtempSync(join(tmpdir(), 'loader-'))
  await unpack(image, root)
  const environment = { LD_LIBRARY_PATH: LIBRARY_PATH, LAMBDA_TASK_ROOT: '/var/task' }
  view = withPackages(folderView(root, environment), folderView(packages, environment))
  const paths = dynamicFiles().map(({ path }) => path)
  traces = await trace(image, packages, paths)
  read = await readElf(images['sam/build-nodejs22.x:latest'], packages, [...view.tree.elf.keys()])
}, 900_000)
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('every ELF file of a whole system and of popular packages', () => {
  it('says what readelf prints of it', () => {
    const files = [...view.tree.elf.values()].filter(({ problem }) => problem === undefined)
    const differing = files.flatMap((file) => {
      const [ours, theirs] = [asReadElf(file), read.get(file.path)]
      return JSON.stringify(ours) === JSON.stringify(theirs) ? [] : [{ path: file.path, ours, theirs }]
    })
    expect(files.length).toBeGreaterThan(1000)
    expect(differing).toEqual([])
    console.log(`readelf: ${files.length} files compared, none differs`)
  })
})

describe('every dynamic object of a whole system and of popular packages', () => {
  it('draws in what the real loader loads, from where it loads it', () => {
    const differing = compared((result, traced) => [
      sorted(result.objects.slice(1).map(({ path }) => path)),
      sorted(traced.objects),
    ])
    expect(differing).toEqual({ compared: expect.toSatisfy((count) => count > 1000), differing: [] })
    console.log(`objects and their paths: ${differing.compared} objects compared, none differs`)
  })

  it('lacks the libraries and versions that the real loader does not find', () => {
    const differing = compared((result, traced) => [
      [sorted(result.missing.map(({ soname }) => soname)), sorted(result.unmet.map(({ version }) => version))],
      [sorted(traced.missing), sorted(traced.versions)],
    ])
    expect(differing.differing).toEqual([])
    console.log(`libraries and versions missing: ${differing.compared} objects compared, none differs`)
  })

  it('leaves the symbols undefined that the real loader warns of', () => {
    const differing = compared((result, traced) => {
      if (traced.missing.length > 0) return [[], []]
      const path = (file: ElfFile) => result.objects.find((object) => object.file === file)?.path
      return [
        sorted(result.undefinedSymbols.map(({ symbol, neededBy }) => `${symbol} (${path(neededBy)})`)),
        sorted(traced.undefinedSymbols),
      ]
    })
    expect(differing.differing).toEqual([])
    console.log(`undefined symbols: ${differing.compared} objects compared, none differs`)
  })

  it('is refused when the real loader gives up', () => {
    const refused = dynamicFiles().filter((file) => load(file).refused !== undefined)
    // A file of another processor's 64-bit kind is passed over like what is not there; of a 32-bit kind it is named.
    const givenUp = dynamicFiles().filter(({ path }) => {
      const traced = traces.get(path)
      return traced === undefined || traced.errors.length > 0 || traced.missing.includes(path)
    })
    expect(refused.length).toBeGreaterThan(10)
    expect(refused.map(({ path }) => path)).toEqual(givenUp.map(({ path }) => path))
    console.log(`${refused.length} objects refused as by the real loader`)
  })
})

function compared(sides: (result: LoadResult, traced: Traced) => readonly [unknown, unknown]) {
  const differing: unknown[] = []
  let count = 0
  for (const file of dynamicFiles()) {
    const result = load(file)
    const traced = traces.get(file.path)
    if (result.refused !== undefined || traced === undefined) continue
    count++
    const [ours, theirs] = sides(result, traced)
    if (JSON.stringify(ours) !== JSON.stringify(theirs)) differing.push({ path: file.path, ours, theirs })
  }
  return { compared: count, differing }
}

function load(file: ElfFile): LoadResult {
  const { result } = startProcess(loaderSystem(view, 'x86_64'), file)
  if (result === undefined) throw new Error(`${file.path} was not loaded`)
  const itself = /\/ld-linux-[^/]*$/
  return { ...result, objects: result.objects.filter(({ path }, index) => index === 0 || !itself.test(path)) }
}

/** What has a dynamic section: the rest are static programs and data. */
function dynamicFiles(): readonly ElfFile[] {
  return [...view.tree.elf.values()].filter(({ needed, soname }) => needed.length > 0 || soname !== undefined)
}

function withPackages(system: RuntimeView, packages: RuntimeView): RuntimeView {
  const moved = (path: string) => (path === '/' ? '/opt' : `/opt${path}`)
  const entries = [...packages.tree.entries.values()].map((entry) => ({
    ...entry,
    path: moved(entry.path),
    ...(entry.type === 'hardlink' && entry.link !== undefined ? { link: moved(entry.link) } : {}),
  }))
  const elf = [...packages.tree.elf.values()].map((file) => ({ ...file, path: moved(file.path) }))
  return {
    ...system,
    tree: {
      ...fileTree([...system.tree.entries.values(), ...entries]),
      elf: new Map([...system.tree.elf, ...elf.map((file) => [file.path, file] as const)]),
    },
  }
}

async function unpack(image: string, into: string): Promise<void> {
  const container = (await run('docker', ['create', image, 'x'])).trim()
  try {
    const archive = spawn('docker', ['export', container], { stdio: ['ignore', 'pipe', 'inherit'] })
    const tar = spawn('tar', ['-x', '-C', into, '--exclude=dev/*'], { stdio: [archive.stdout, 'ignore', 'inherit'] })
    await Promise.all([ended(archive), ended(tar)])
  } finally {
    await run('docker', ['rm', container])
  }
}

async function ended(child: ChildProcess): Promise<void> {
  const code = await new Promise((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error(`${child.spawnfile} ended with ${code}`)
}

/** As `ldd -r` asks, inside of the image: `LD_WARN` and `LD_BIND_NOW` make it look up every symbol. */
async function trace(image: string, packages: string, paths: readonly string[]): Promise<ReadonlyMap<string, Traced>> {
  const script = `cd /var/task; while read -r file; do echo "## $file"
    LD_TRACE_LOADED_OBJECTS=1 LD_WARN=yes LD_BIND_NOW=yes LD_LIBRARY_PATH=${LIBRARY_PATH} /lib64/ld-linux-x86-64.so.2 "$file" 2>&1
  done`
  const argv = [
    'run',
    '--rm',
    '-i',
    '--network',
    'none',
    '-v',
    `${packages}:/opt:ro`,
    '--entrypoint',
    '/bin/sh',
    image,
    '-c',
    script,
  ]
  const output = await run('docker', argv, { input: `${paths.join('\n')}\n` })
  const parts = output.split(/^## /m).slice(1)
  return new Map(
    parts.map((part) => {
      const end = part.indexOf('\n')
      return [part.slice(0, end), parseTrace(part.slice(end + 1))]
    }),
  )
}

/** GNU readelf of the lab's build image on the system's files and the packages'. */
async function readElf(
  image: string,
  packages: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, ReadElf>> {
  const mounts = ['-v', `${root}:/system:ro`, '-v', `${packages}:/system/opt:ro`]
  const argv = ['run', '--rm', '-i', '--network', 'none', ...mounts, '--workdir', '/system', '--entrypoint', '/bin/sh']
  const script = "tr '\\n' '\\0' | xargs -0 readelf --wide -h -l -d -V 2>&1"
  const input = `${paths.map((path) => path.slice(1)).join('\n')}\n`
  const output = await run('docker', [...argv, image, '-c', script], { input })
  const parts = output.split(/^File: /m).slice(1)
  return new Map(
    parts.map((part) => {
      const end = part.indexOf('\n')
      return [`/${part.slice(0, end)}`, parseReadElf(part.slice(end + 1))]
    }),
  )
}

function sorted(texts: readonly string[]): readonly string[] {
  return texts.toSorted()
}
