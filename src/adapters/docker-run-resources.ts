import { setTimeout } from 'node:timers/promises'
import { RUN_LABEL } from './container-argv.ts'
import { docker } from './docker-command.ts'

const DEADLINE_MS = 2_500
const RETRY_MS = 200

/**
 * Removes containers (with their anonymous volumes), networks and volumes that carry this run's label, nobody else's. For the
 * end of a run that was cut short: tries again until 2.5 s are over, so that a daemon that comes back is cleaned too.
 * Never throws; returns whether nothing is left.
 */
export async function removeRunResources(runId: string): Promise<boolean> {
  const deadline = Date.now() + DEADLINE_MS
  do {
    // A daemon that hangs must not hold up the end of the run.
    const timeLeft = setTimeout(deadline - Date.now(), false, { ref: false })
    if (await Promise.race([removeOnce(runId).catch(() => false), timeLeft])) return true
    await setTimeout(RETRY_MS)
  } while (Date.now() < deadline)
  return false
}

async function removeOnce(runId: string): Promise<boolean> {
  const filter = ['--filter', `label=${RUN_LABEL}=${runId}`]
  const [containers, networks, volumes] = await Promise.all([
    list(['ps', '--all', '--quiet', '--no-trunc', ...filter]),
    list(['network', 'ls', '--quiet', '--no-trunc', ...filter]),
    list(['volume', 'ls', '--quiet', ...filter]),
  ])
  if (containers === undefined || networks === undefined || volumes === undefined) return false
  if (!(await remove(['rm', '--force', '--volumes'], containers))) return false
  const removed = await Promise.all([remove(['network', 'rm'], networks), remove(['volume', 'rm', '--force'], volumes)])
  return removed.every(Boolean)
}

/** `undefined` when the engine could not be asked. */
async function list(argv: readonly string[]): Promise<string[] | undefined> {
  const { exitCode, stdout } = await docker(argv)
  return exitCode === 0 ? stdout.split('\n').filter((line) => line !== '') : undefined
}

async function remove(argv: readonly string[], names: readonly string[]): Promise<boolean> {
  return names.length === 0 || (await docker([...argv, ...names])).exitCode === 0
}
