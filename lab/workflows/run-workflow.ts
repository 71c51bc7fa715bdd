import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { act } from './tools.ts'

export type WorkflowRun = {
  /** A git repository with a remote `origin`. */
  readonly repository: string
  /** Path of the workflow in it. */
  readonly workflow: string
  readonly event: { readonly name: string; readonly payload: object }
  /** Environment of every step. */
  readonly env: Readonly<Record<string, string>>
  /** `owner/name@ref` of actions to the folders that stand for them: nothing is fetched. */
  readonly actions: Readonly<Record<string, string>>
  /** A folder of programs that steps find before those of this machine. */
  readonly programs?: string
}

export type WorkflowResult = {
  readonly exitCode: number | null
  /** Jobs by their name, a matrix's with its values: `success`, `failure`, … */
  readonly jobs: Readonly<Record<string, string>>
  /** Messages of the run, one per line. */
  readonly log: string
  /** Summaries of its steps. */
  readonly summaries: readonly string[]
}

/** What the runner must not take from this machine's user: its caches, and AWS configuration. */
const NOTHING_OF_THIS_MACHINE = { AWS_CONFIG_FILE: '/nonexistent', AWS_SHARED_CREDENTIALS_FILE: '/nonexistent' }
const SECRET = 'token-of-the-job-as-the-runner-gives-it'

/**
 * Runs a workflow by a real implementation of the runner (nektos/act), its jobs as processes of this machine. It takes the
 * first `node` of PATH whatever an action says: the caller's, Node 24. It does not imitate limits of annotations and summaries.
 */
export async function runWorkflow(run: WorkflowRun): Promise<WorkflowResult> {
  const program = await act()
  const folder = await mkdtemp(join(tmpdir(), 'lambda-parity-act-'))
  try {
    const event = join(folder, 'event.json')
    await writeFile(event, JSON.stringify(run.event.payload))
    const argv = [
      ...[run.event.name, '--directory', run.repository, '--workflows', join(run.repository, run.workflow)],
      ...['--eventpath', event, '--secret', `GITHUB_TOKEN=${SECRET}`, '--json', '--no-cache-server'],
      ...['--action-offline-mode', '--action-cache-path', join(folder, 'actions')],
      ...['ubuntu-24.04', 'ubuntu-24.04-arm'].flatMap((label) => ['--platform', `${label}=-self-hosted`]),
      ...Object.entries(run.actions).flatMap(([name, path]) => ['--local-repository', `${name}=${path}`]),
      ...Object.entries({ ...NOTHING_OF_THIS_MACHINE, ...run.env }).flatMap(([name, value]) => [
        '--env',
        `${name}=${value}`,
      ]),
    ]
    const path = [run.programs ?? [], dirname(process.execPath), process.env.PATH ?? []].flat().join(delimiter)
    return read(await output(program, argv, { PATH: path, XDG_CACHE_HOME: folder }))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function output(program: string, argv: readonly string[], env: Record<string, string>) {
  return new Promise<{ exitCode: number | null; text: string }>((resolve, reject) => {
    const child = spawn(program, argv, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
    }
    child.on('error', reject)
    child.on('close', (exitCode) => resolve({ exitCode, text }))
  })
}

type Line = { job?: string; msg?: string; jobResult?: string; command?: string; content?: string }

function read({ exitCode, text }: { exitCode: number | null; text: string }): WorkflowResult {
  const lines = text.split('\n').map(parsed)
  const ended = lines.filter(({ jobResult }) => jobResult !== undefined)
  return {
    exitCode,
    // act pads the names of a matrix's jobs.
    jobs: Object.fromEntries(ended.map(({ job = '', jobResult = '' }) => [job.trim(), jobResult])),
    log: lines.map(({ msg = '' }) => msg.trimEnd()).join('\n'),
    summaries: lines.filter(({ command }) => command === 'summary').map(({ content = '' }) => content),
  }
}

function parsed(line: string): Line {
  try {
    return JSON.parse(line) as Line
  } catch {
    return { msg: line }
  }
}
