import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Packed } from './zip/pack.ts'
import { makeLargeFile, makePackages, makeTree } from './zip/trees.ts'

/**
 * Packs a layer of real npm and pip packages (or the folder given) and compares with `zip -r9`: node bench/zip.ts [folder] [rounds].
 * Then packs 262 MB, the most that Lambda takes, four times that, and one file of 1 GB, each in a process of its own, and compares
 * their peak memory: bytes must cost nothing; the list of entries, which all stages hold, costs something for each. Below
 * 262 MB less is used: the workers' garbage is collected when it has grown to 32 MB each.
 * On a busy machine the time on the clock says little: compare the processor time, of which zip uses one processor's at most.
 */
const WANTED = { faster: 1.8, larger: 0.02, growth: 1.25, perEntry: 3 }
const MB = 1_000_000
const LAMBDA_MOST = 262_144_000

const folder = mkdtempSync(join(tmpdir(), 'lambda-parity-bench-'))
try {
  const root = process.argv[2] === undefined ? makePackages(folder) : resolve(process.argv[2])
  const good = [compare(root, Number(process.argv[3] ?? 3)), memory(root)]
  process.exitCode = good.every(Boolean) ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function compare(tree: string, rounds: number): boolean {
  const own: Packed[] = []
  const theirs: ReturnType<typeof zip>[] = []
  for (let round = 0; round < rounds; round++) {
    own.push(pack(tree))
    theirs.push(zip(tree))
  }
  const [{ entries, content, bytes }] = own as [Packed]
  const [{ bytes: reference }] = theirs as [ReturnType<typeof zip>]
  const wall = median(theirs.map(({ seconds }) => seconds)) / median(own.map(({ seconds }) => seconds))
  const cpu = median(theirs.map(({ cpuSeconds }) => cpuSeconds)) / median(own.map(({ cpuSeconds }) => cpuSeconds))
  const larger = bytes / reference - 1
  print('tree', `${entries} entries, ${(content / MB).toFixed(1)} MB`)
  print('own', times(own), `${bytes} bytes, the same each time: ${new Set(own.map(({ sha256 }) => sha256)).size === 1}`)
  print('zip -r9', times(theirs), `${reference} bytes`)
  print('faster', `${wall.toFixed(2)} times on the clock (at least ${WANTED.faster})`)
  print('cheaper', `${cpu.toFixed(2)} times in processor time, on ${availableParallelism()} processors`)
  print('larger', `${(larger * 100).toFixed(2)} % (at most ${WANTED.larger * 100} %)`)
  return wall >= WANTED.faster && larger <= WANTED.larger
}

function memory(root: string): boolean {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => ({ path: path.slice(root.length + 1), size: statSync(path).size }))
  const [most, large, many] = [
    makeTree(folder, { root, files }, LAMBDA_MOST),
    makeLargeFile(folder, 1000 * MB),
    makeTree(folder, { root, files }, 4 * LAMBDA_MOST),
  ].map((tree) => {
    const one = pack(tree)
    const size = `${(one.content / MB).toFixed(0)} MB in ${one.entries} entries`
    print('memory', `${size}: at most ${(one.peak / MB).toFixed(0)} MB, ${(one.before / MB).toFixed(0)} MB before`)
    return one
  }) as [Packed, Packed, Packed]
  const growth = large.peak / most.peak
  const perEntry = (many.peak - most.peak) / (many.entries - most.entries) / 1000
  print('growth', `${growth.toFixed(2)} times for four times the bytes (at most ${WANTED.growth})`)
  print('entry', `${perEntry.toFixed(1)} kB each (at most ${WANTED.perEntry})`)
  return growth <= WANTED.growth && perEntry <= WANTED.perEntry
}

function pack(tree: string): Packed {
  const script = fileURLToPath(new URL('zip/pack.ts', import.meta.url))
  const target = join(folder, 'own.zip')
  return JSON.parse(execFileSync(process.execPath, [script, tree, target], { encoding: 'utf8' }))
}

function zip(tree: string) {
  const target = join(folder, 'zip.zip')
  rmSync(target, { force: true })
  const started = performance.now()
  // POSIX: `times` prints what the shell used, then its children: "0m1.50s 0m0.25s".
  const script = 'zip -qry9 "$1" . && times'
  const output = execFileSync('sh', ['-c', script, 'sh', target], { cwd: tree, encoding: 'utf8' })
  const seconds = (performance.now() - started) / 1000
  const children = output.trim().split('\n').at(-1) ?? ''
  const cpuSeconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, m, s]) => sum + 60 * Number(m) + Number(s),
    0,
  )
  return { seconds, cpuSeconds, bytes: statSync(target).size }
}

function times(runs: readonly { readonly seconds: number; readonly cpuSeconds: number }[]): string {
  return runs
    .map(({ seconds, cpuSeconds }) => `${seconds.toFixed(2)} s (processor ${cpuSeconds.toFixed(2)} s)`)
    .join(', ')
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function print(name: string, ...values: readonly string[]): void {
  console.log(`${name.padEnd(8)} ${values.join('; ')}`)
}
