import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { makePlan } from '../__tests__/builders/plan.ts'
import { nativePackages } from '../__tests__/loader/native-packages.ts'
import { labFolders } from '../lab/folders.ts'
import { printedProgress } from '../lab/progress.ts'
import { localLayerFiles } from '../src/adapters/layer-files.ts'
import type { Check, Subject } from '../src/checks/check.ts'
import { runtimeViews } from '../src/checks/facts/runtime-view.ts'
import { CHECKS } from '../src/checks/index.ts'
import { nodeReports } from '../src/checks/node/node-failures.ts'
import { pythonImports } from '../src/checks/python/python-imports.ts'
import { runChecks } from '../src/checks/run-checks.ts'
import type { Evidence } from '../src/inspect/evidence.ts'
import { fileTree, indexFiles } from '../src/inspect/file-tree.ts'
import { scanned } from '../src/inspect/runtime-facts.ts'
import { importedHashes } from '../src/inspect/symbol-table.ts'
import { systemFacts } from '../src/inspect/system-facts.ts'
import { tarFileSystemReader } from '../src/inspect/tar-file-system.ts'
import { findRuntime } from '../src/lambda/runtimes.ts'
import { readLayer } from '../src/layer/read-layer.ts'

/**
 * How long the rules take on about 3,000 ELF files: node bench/checks.ts [folder of a layer] [rounds]. The runtime is this
 * machine's system; without a folder the layer is the wheels and npm packages that the tests of the loader use.
 * Every round is a fresh process, as in the action: `first` are its first checks, `again` the same on evidence read anew.
 * Times are the main thread's own, which other work on the machine lengthens less. The target is for the rules; following
 * the imports of Python and Node.js on paper, on which some rules rely, is measured before them and said apart.
 */
const TARGET_MS = 100
const SYSTEM = ['etc', 'usr/bin', 'usr/sbin', 'usr/lib', 'usr/libexec', 'bin', 'sbin', 'lib', 'lib64']
const RUNTIME = 'python3.11'

type Timing = { readonly total: number; readonly scripts: number; readonly rules: Readonly<Record<string, number>> }
type Round = { readonly first: Timing; readonly again: Timing; readonly findings: number }

async function main(given: string | undefined, rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-checks-'))
  try {
    const packages = given || (await nativePackages({ folders: labFolders(), progress: printedProgress() }))
    // Larger than what is read of a layer, for which rules about content would not run.
    const layerFiles = localLayerFiles({ signal: new AbortController().signal, mostContent: Number.POSITIVE_INFINITY })
    const { evidence: layer } = await readLayer(packages, 'x86_64', { layerFiles })
    const system = await readSystem()
    console.log(`layer:  ${layer.files.length} files, ${layer.elf.length} ELF files`)
    console.log(`system: ${system.files.length} files, ${system.elf.length} ELF files`)
    const [layerFile, imageFile] = [join(folder, 'layer.json'), join(folder, 'image.json')]
    writeFileSync(layerFile, JSON.stringify(layerSubject(layer, system)))
    writeFileSync(imageFile, JSON.stringify(imageSubject(layer, system)))
    const isFast = [report('layer', layerFile, rounds), report('image', imageFile, rounds)]
    process.exitCode = isFast.every(Boolean) ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** This machine's system as an image's evidence: its own folders only, as far as they may be read. */
async function readSystem(): Promise<Evidence> {
  const reader = tarFileSystemReader()
  const folders = SYSTEM.filter((folder) => existsSync(`/${folder}`))
  const argv = ['--create', '--directory=/', '--ignore-failed-read', '--warning=none', ...folders]
  const tar = spawn('tar', argv, { stdio: ['ignore', 'pipe', 'ignore'] })
  for await (const chunk of tar.stdout) reader.write(chunk as Buffer)
  const fileSystem = reader.end()
  const { files, elf, facts } = fileSystem
  const environment = {
    PATH: '/usr/local/bin:/usr/bin:/bin:/opt/bin',
    LD_LIBRARY_PATH: '/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib',
    LAMBDA_TASK_ROOT: '/var/task',
  }
  return {
    schema: 1,
    subject: { reference: 'this-machine', platform: 'linux/amd64' },
    image: {
      id: `sha256:${'0'.repeat(64)}`,
      os: 'linux',
      architecture: 'amd64',
      entrypoint: ['/usr/bin/python3', '-m', 'awslambdaric'],
      command: ['app.handler'],
      workingDirectory: '/var/task',
      user: '',
      environment,
      labels: {},
      layers: [],
    },
    ...systemFacts(fileSystem, environment),
    files,
    elf: [...elf.values()],
    firstLines: Object.fromEntries(fileSystem.firstLines),
    facts,
    bytes: { uncompressed: files.reduce((sum, { size }) => sum + size, 0) },
    partial: [],
  }
}

function layerSubject(layer: Evidence, system: Evidence): Subject {
  const runtime = findRuntime(RUNTIME)
  const plan = makePlan({ kind: 'layer', ...(runtime && { runtime }) })
  return { plan, artifact: layer, runtimes: [scanned(system, runtime)] }
}

/** System and packages in one image: every file is the user's. */
function imageSubject(layer: Evidence, system: Evidence): Subject {
  const runtime = findRuntime(RUNTIME)
  const plan = makePlan({ kind: 'image', ...(runtime && { runtime }) })
  const facts = Object.fromEntries(
    Object.entries(system.facts).map(([kind, of]) => [kind, [...of, ...layer.facts[kind as keyof Evidence['facts']]]]),
  ) as unknown as Evidence['facts']
  const artifact: Evidence = {
    ...system,
    files: [...system.files, ...layer.files.filter(({ path }) => path !== '/')],
    elf: [...system.elf, ...layer.elf],
    firstLines: { ...system.firstLines, ...layer.firstLines },
    facts,
  }
  return { plan, artifact, runtimes: [scanned(artifact, runtime)] }
}

function report(name: string, file: string, rounds: number): boolean {
  const measured = Array.from({ length: rounds }, () => measureInFreshProcess(file))
  const [fastest] = measured.toSorted((a, b) => a.first.total - b.first.total)
  if (fastest === undefined) return false
  const list = (which: 'first' | 'again') => measured.map((round) => ms(round[which].total)).join(' ')
  console.log(`\n${name}: ${fastest.findings} findings; first ${list('first')} ms, again ${list('again')} ms`)
  console.log(
    `  ${ms(fastest.first.scripts).padStart(7)} ms  scripts on paper before them (again ${ms(fastest.again.scripts)})`,
  )
  const slowest = Object.entries(fastest.first.rules).toSorted(([, a], [, b]) => b - a)
  for (const [rule, time] of slowest.filter(([, each]) => each >= 0.5))
    console.log(`  ${ms(time).padStart(7)} ms  ${rule} (again ${ms(fastest.again.rules[rule] ?? 0)})`)
  console.log(`  target ${TARGET_MS} ms, best ${ms(fastest.first.total)} ms`)
  return fastest.first.total <= TARGET_MS
}

function measureInFreshProcess(file: string): Round {
  const argv = [...process.execArgv, '--expose-gc', fileURLToPath(import.meta.url), '--measure', file]
  const { stdout, stderr, status } = spawnSync(process.execPath, argv, { encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as Round
}

function measure(file: string): void {
  const text = readFileSync(file, 'utf8')
  const run = () => {
    const rules: Record<string, number> = {}
    const subject = JSON.parse(text) as Subject
    // An image stands for its own runtime, as one object.
    const same = subject.plan.kind === 'image'
    const runtimes = same ? subject.runtimes.map((one) => ({ ...one, evidence: subject.artifact })) : subject.runtimes
    // Made while an image or a layer is read, as is that one text is the path of a file everywhere; only what comes from
    // JSON lacks it.
    for (const { files, elf } of [subject.artifact, ...runtimes.flatMap(({ evidence }) => evidence ?? [])]) {
      indexFiles(files)
      const { entries } = fileTree(files)
      for (const file of elf) {
        Object.assign(file, { path: entries.get(file.path)?.path ?? file.path })
        if (file.interpreter === undefined) importedHashes(file)
      }
    }
    const checked = { ...subject, runtimes }
    // What was read is old in the action, where that takes seconds; what JSON left behind is nobody's.
    ;(globalThis as { gc?: () => void }).gc?.()
    const begun = now()
    for (const view of runtimeViews(checked)) pythonImports(checked, view)
    nodeReports(checked)
    const started = now()
    const { findings, defects } = runChecks(checked, CHECKS.map(timed))
    if (defects.length > 0) throw defects[0]?.error
    return { total: now() - started, scripts: started - begun, rules, findings: findings.length }

    function timed(check: Check): Check {
      return {
        ...check,
        run(of) {
          const start = now()
          const result = check.run(of)
          rules[check.id] = now() - start
          return result
        },
      }
    }
  }
  const first = run()
  const again = run()
  console.log(JSON.stringify({ first, again, findings: first.findings }))
}

/** Milliseconds of this thread where Node.js tells them, else of the clock. */
function now(): number {
  const { threadCpuUsage } = process as { threadCpuUsage?: () => { user: number; system: number } }
  if (threadCpuUsage === undefined) return performance.now()
  const { user, system } = threadCpuUsage()
  return (user + system) / 1000
}

function ms(time: number): string {
  return time.toFixed(1)
}

if (process.argv[2] === '--measure') measure(process.argv[3] ?? '')
else await main(process.argv[2], Number(process.argv[3] ?? 3))
