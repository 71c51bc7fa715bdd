import { spawn } from 'node:child_process'
import { openSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process that outlives the command that started it. The start time tells it from a later process with the same pid. */
export type DetachedProcess = { readonly pid: number; readonly startedTicks: string; readonly log: string }

/** Starts a process in its own group, output appended to the log file. */
export function startDetached(
  command: string,
  argv: readonly string[],
  options: { log: string; env?: Readonly<Record<string, string>> },
): DetachedProcess {
  const log = openSync(options.log, 'a')
  const child = spawn(command, argv, {
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...options.env },
  })
  child.on('error', () => {})
  child.unref()
  if (child.pid === undefined) throw new Error(`${command} could not be started`)
  // One that has ended already has no start time any more, and is found not to be alive.
  return { pid: child.pid, startedTicks: startTicks(child.pid) ?? 'ended', log: options.log }
}

export function isAlive(started: DetachedProcess): boolean {
  return startTicks(started.pid) === started.startedTicks
}

/** SIGTERM, then SIGKILL when it is still there after `graceMs`. A process that has ended already is left alone. */
export async function terminate(started: DetachedProcess, graceMs = 10_000): Promise<void> {
  const deadline = performance.now() + graceMs
  if (isAlive(started)) process.kill(started.pid, 'SIGTERM')
  while (isAlive(started)) {
    if (performance.now() > deadline) process.kill(started.pid, 'SIGKILL')
    await sleep(50)
  }
}

/** Polls until `ready` answers true. @throws Error with the end of the log when the process dies or the deadline passes. */
export async function untilReady(
  name: string,
  started: DetachedProcess,
  ready: () => Promise<boolean>,
  deadlineMs = 120_000,
): Promise<void> {
  const deadline = performance.now() + deadlineMs
  while (!(await ready())) {
    const dead = !isAlive(started)
    if (dead || performance.now() > deadline) {
      const tail = readFileSync(started.log, 'utf8').trim().split('\n').slice(-15).join('\n')
      throw new Error(
        `${name} ${dead ? 'ended at once' : `did not answer in ${deadlineMs / 1000} s`}. Its log ends:\n${tail}`,
      )
    }
    await sleep(100)
  }
}

/** Field 22 of /proc/PID/stat (man 5 proc); undefined when there is no such process or it is a zombie. */
function startTicks(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the command in parentheses and may hold spaces: count from its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch {
    return undefined
  }
}
