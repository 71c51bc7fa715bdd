import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import type { Report } from '../src/report/report.ts'
import { labFolders } from './folders.ts'
import { run as command } from './process/command.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

export type ActionRun = {
  /** `with:` of the step. */
  readonly inputs: Readonly<Record<string, string>>
  /** Environment of the step beside what the runner sets; nothing of this process is inherited but PATH, HOME and Docker's variables. */
  readonly env?: Readonly<Record<string, string>>
  /** The event's payload; its name stands in GITHUB_EVENT_NAME. */
  readonly event?: { readonly name: string; readonly payload: unknown }
  readonly workspace?: string
  /** Whom the process runs as, when not as this one, which must be root then. The workspace is the caller's to open to that user. */
  readonly user?: ActionUser
  /** Every line of stdout and stderr as it comes. */
  readonly onOutput?: (text: string) => void
  /** Called with the process once it runs, e.g. to send it a signal. */
  readonly onStart?: (kill: (signal: NodeJS.Signals) => void) => void
}

/** `gid`: also the group by which the engine's socket may be opened. */
export type ActionUser = { readonly uid: number; readonly gid: number }

export type ActionResult = {
  readonly exitCode: number | null
  readonly log: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  readonly report: Report | undefined
  readonly reportPath: string
  /** The runner's temporary folder of this run; `dispose` removes it. */
  readonly temporary: string
  dispose(): Promise<void>
}

/** Runs the committed bundle as GitHub's runner runs a node24 action: a process with INPUT_*, GITHUB_* and command files. */
export async function runAction(run: ActionRun): Promise<ActionResult> {
  const temporary = await mkdtemp(join(tmpdir(), 'lambda-parity-runner-'))
  const file = (name: string) => join(temporary, name)
  await mkdir(file('temp'))
  await Promise.all([
    writeFile(file('output'), ''),
    writeFile(file('summary'), ''),
    writeFile(file('event.json'), JSON.stringify(run.event?.payload ?? {})),
  ])
  const program = run.user === undefined ? OWN_PROGRAM : await programFor(run.user, temporary)
  const { exitCode, log } = await start(run, program, {
    ...inherited(),
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: 'parity',
    GITHUB_WORKFLOW: 'ci',
    GITHUB_REPOSITORY: 'octo-org/get-customer',
    GITHUB_SHA: 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678',
    GITHUB_RUN_ID: '1',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_EVENT_NAME: run.event?.name ?? 'push',
    GITHUB_EVENT_PATH: file('event.json'),
    GITHUB_OUTPUT: file('output'),
    GITHUB_STEP_SUMMARY: file('summary'),
    GITHUB_WORKSPACE: run.workspace ?? ROOT,
    RUNNER_TEMP: file('temp'),
    // As on a runner: kept between runs. `npm run lab -- down` removes it.
    RUNNER_TOOL_CACHE: join(labFolders().cache, 'tool-cache'),
    // The bundle is compiled once and not by every run, which is half of what a short one takes.
    NODE_COMPILE_CACHE: join(labFolders().cache, 'compile-cache'),
    ...(await inputVariables(run.inputs)),
    ...run.env,
  })
  const outputs = parseCommandFile(await readFile(file('output'), 'utf8'))
  const reportPath = outputs['report-json'] ?? join(temporary, 'temp/lambda-parity/parity/report.json')
  const report = await readFile(reportPath, 'utf8').catch(() => undefined)
  return {
    exitCode,
    log,
    outputs,
    summary: await readFile(file('summary'), 'utf8'),
    report: report === undefined ? undefined : (JSON.parse(report) as Report),
    reportPath,
    temporary,
    dispose: () => rm(temporary, { recursive: true, force: true }),
  }
}

type Program = { readonly node: string; readonly bundle: string }
const OWN_PROGRAM: Program = { node: process.execPath, bundle: join(ROOT, 'dist/index.js') }

/** Node and the bundle where another user can read them, and the runner's files that user's. */
async function programFor({ uid, gid }: ActionUser, temporary: string): Promise<Program> {
  const folder = join(temporary, 'program')
  await cp(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true })
  await cp(process.execPath, join(folder, 'node'))
  await command('chown', ['-R', `${uid}:${gid}`, temporary])
  return { node: join(folder, 'node'), bundle: join(folder, 'dist/index.js') }
}

function start(
  run: ActionRun,
  { node, bundle }: Program,
  env: Record<string, string>,
): Promise<{ exitCode: number | null; log: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [bundle], {
      cwd: run.workspace ?? ROOT,
      env,
      ...run.user,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let log = ''
    const collect = (text: string) => {
      log += text
      run.onOutput?.(text)
    }
    child.stdout.setEncoding('utf8').on('data', collect)
    child.stderr.setEncoding('utf8').on('data', collect)
    child.on('error', reject)
    child.on('spawn', () => run.onStart?.((signal) => child.kill(signal)))
    child.on('close', (exitCode) => resolve({ exitCode, log }))
  })
}

const INHERITED = ['PATH', 'HOME', 'DOCKER_HOST', 'DOCKER_CONTEXT', 'DOCKER_CONFIG', 'NODE_EXTRA_CA_CERTS']

function inherited(): Record<string, string> {
  return Object.fromEntries(INHERITED.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
}

/** INPUT_* as the runner makes them: defaults of action.yml, upper case, blanks to underscores, hyphens kept. */
async function inputVariables(inputs: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const action: { inputs: Record<string, { default?: unknown }> } = parse(
    await readFile(join(ROOT, 'action.yml'), 'utf8'),
  )
  const declared = Object.entries(action.inputs)
    // Expressions are the runner's to evaluate; a run gives their value itself.
    .map(([name, input]): [string, string] => [
      name,
      String(input.default ?? '').startsWith('${{') ? '' : String(input.default ?? ''),
    ])
  const values = { ...Object.fromEntries(declared), ...inputs }
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]),
  )
}

/** `name<<delimiter`, lines, `delimiter`: what @actions/core writes to GITHUB_OUTPUT. */
function parseCommandFile(text: string): Record<string, string> {
  const pattern = /^([^\n<]+)<<(\S+)\n([\s\S]*?)\n\2$/gm
  return Object.fromEntries([...text.matchAll(pattern)].map(([, name = '', , value = '']) => [name, value]))
}
