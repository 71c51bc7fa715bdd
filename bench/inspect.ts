import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { OneReading } from './inspect/read-once.ts'
import { imageReader } from './inspect/reader.ts'

/**
 * Compares reading an image into evidence with draining `docker export` to nowhere, turn by turn in the same run:
 * node bench/inspect.ts [image | large] [rounds]. Without an image it makes one of this machine's programs and libraries, for
 * `large` one of 3.5 GB, and removes it. Both drain what the engine sends: on a busy machine only their ratio says something.
 */
const TARGET_RATIO = 1.2
const TARGET_RSS_MB = 300

async function main(given: string | undefined, rounds: number): Promise<void> {
  const image = given === undefined ? await makeImage() : given === 'large' ? await makeLargeImage() : given
  try {
    const read = imageReader()
    const gathers: number[] = []
    const drains: number[] = []
    const processor: number[] = []
    await drain(image)
    for (let round = 0; round < rounds; round++) {
      drains.push(await seconds(() => drain(image)))
      const before = process.cpuUsage()
      gathers.push(await seconds(() => read(image)))
      const { user, system } = process.cpuUsage(before)
      processor.push((user + system) / 1e6)
    }
    const ratio = median(gathers) / median(drains)
    const { bytes, files, elf, peak } = await readOnce(image)
    console.log(`${image}: ${(bytes / 1e6).toFixed(0)} MB, ${files} files, ${elf} ELF files`)
    console.log(`docker export > /dev/null  ${drains.map((value) => value.toFixed(2)).join(' ')} s`)
    console.log(`gather                     ${gathers.map((value) => value.toFixed(2)).join(' ')} s`)
    console.log(`of it processor            ${processor.map((value) => value.toFixed(2)).join(' ')} s`)
    console.log(
      `ratio of medians ${ratio.toFixed(2)} (target ${TARGET_RATIO}), peak memory of one reading ${peak.toFixed(0)} MB (target ${TARGET_RSS_MB})`,
    )
    process.exitCode = ratio <= TARGET_RATIO && peak <= TARGET_RSS_MB ? 0 : 1
  } finally {
    if (image !== given) await run('docker', ['image', 'rm', image])
  }
}

async function makeImage(): Promise<string> {
  const tag = `lambda-parity-bench:${randomUUID()}`
  const folders = 'etc/os-release usr/bin usr/lib/$(uname -m)-linux-gnu usr/lib/python3*'
  await run('sh', ['-c', `cd / && tar --create ${folders} 2>/dev/null | docker import - "$1"`, 'sh', tag])
  return tag
}

async function makeLargeImage(): Promise<string> {
  const tag = `lambda-parity-bench:${randomUUID()}`
  const script = fileURLToPath(new URL('inspect/large-tar.ts', import.meta.url))
  await run('sh', ['-c', '"$1" "$2" | docker import - "$3"', 'sh', process.execPath, script, tag])
  return tag
}

async function readOnce(image: string): Promise<OneReading> {
  const script = fileURLToPath(new URL('inspect/read-once.ts', import.meta.url))
  return JSON.parse((await run(process.execPath, [script, image])).stdout)
}

async function drain(image: string): Promise<void> {
  const { stdout: id } = await run('docker', ['create', image, 'x'])
  try {
    await run('sh', ['-c', 'docker export "$1" > /dev/null', 'sh', id.trim()])
  } finally {
    await run('docker', ['rm', '--force', '--volumes', id.trim()])
  }
}

function run(command: string, argv: readonly string[]) {
  return promisify(execFile)(command, [...argv])
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

await main(process.argv[2], Number(process.argv[3] ?? 5))
