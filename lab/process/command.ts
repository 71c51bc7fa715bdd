import { spawn } from 'node:child_process'

export type CommandOptions = {
  readonly cwd?: string
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>
  /** Written to stdin. */
  readonly input?: string
}

/** A command that could not be started (`exitCode` undefined) or that ended badly; the message ends with what it printed last. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
  readonly exitCode: number | undefined

  constructor(command: string, exitCode: number | undefined, output: string) {
    const tail = output.trim().split('\n').slice(-15).join('\n')
    super(`${command}: ${exitCode === undefined ? 'could not be started' : `exit status ${exitCode}`}\n${tail}`)
    this.exitCode = exitCode
  }
}

/** Runs a command to its end and returns its stdout. @throws CommandFailed */
export function run(command: string, argv: readonly string[], options: CommandOptions = {}): Promise<string> {
  const shown = [command, ...argv].join(' ')
  return new Promise((resolve, reject) => {
    const child = spawn(command, argv, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    let stdout = ''
    let both = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      both += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      both += text
    })
    // A command that ends without reading its input closes the pipe; its exit status says more than EPIPE.
    child.stdin.on('error', () => {})
    child.stdin.end(options.input ?? '')
    child.on('error', (error) => reject(new CommandFailed(shown, undefined, error.message)))
    child.on('close', (code) => (code === 0 ? resolve(stdout) : reject(new CommandFailed(shown, code ?? 1, both))))
  })
}

/** Whether a command ends with status 0; false too when it is not installed. */
export async function succeeds(
  command: string,
  argv: readonly string[],
  options: CommandOptions = {},
): Promise<boolean> {
  try {
    await run(command, argv, options)
    return true
  } catch (error) {
    if (error instanceof CommandFailed) return false
    throw error
  }
}

/** Runs a command that only root may run: as it is for root, else through `sudo -n` (hosted runners allow it). @throws CommandFailed */
export function runAsRoot(command: string, argv: readonly string[], options: CommandOptions = {}): Promise<string> {
  if (process.getuid?.() === 0) return run(command, argv, options)
  return run('sudo', ['-n', '-E', command, ...argv], options)
}
