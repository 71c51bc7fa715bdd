import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LabFolders } from './folders.ts'
import { freePort } from './free-port.ts'
import type { Lab } from './lab.ts'
import { isAlive, startDetached, untilReady } from './process/detached.ts'
import type { Progress } from './progress.ts'
import { changeState, readState } from './state.ts'

/** Addresses of the control planes' stand-ins that run as processes of their own (tests start theirs in-process). */
export type StandInAddresses = {
  readonly aws: {
    readonly endpoint: string
    readonly registryHost: string
    readonly accountId: string
    readonly region: string
  }
  readonly github: { readonly apiUrl: string }
}

/** Starts the stand-ins of AWS and GitHub detached, for people who try their own workflow; reuses those that run. */
export async function ensureStandIns(folders: LabFolders, progress: Progress, lab: Lab): Promise<StandInAddresses> {
  const [awsPort, registryPort, githubPort] = await Promise.all([freePort([5220]), freePort([5221]), freePort([5222])])
  const aws = await ensureServer<StandInAddresses['aws']>(folders, progress, 'aws', [
    ...['--port', `${awsPort}`, '--registry-port', `${registryPort}`],
    ...['--registry', lab.registry.host, '--user', lab.registry.user, '--password-file', lab.registry.passwordFile],
    ...['--rie', lab.rie.path, ...(lab.docker.host === undefined ? [] : ['--docker-host', lab.docker.host])],
  ])
  const github = await ensureServer<StandInAddresses['github']>(folders, progress, 'github', [
    '--port',
    `${githubPort}`,
  ])
  return { aws, github }
}

/** Runs lab/NAME/serve.ts, which prints one line of JSON with its addresses when it is ready. */
async function ensureServer<Addresses>(
  folders: LabFolders,
  progress: Progress,
  name: 'aws' | 'github',
  argv: readonly string[],
): Promise<Addresses> {
  const log = join(folders.run, `${name}.log`)
  const running = readState(folders).processes[name]
  if (running !== undefined && isAlive(running)) return announced<Addresses>(log) as Addresses
  return progress.step(`starting the ${name} stand-in`, async () => {
    rmSync(log, { force: true })
    const script = fileURLToPath(new URL(`${name}/serve.ts`, import.meta.url))
    const started = startDetached(process.execPath, [script, ...argv], { log })
    changeState(folders, ({ processes }) => ({ processes: { ...processes, [name]: started } }))
    await untilReady(`the ${name} stand-in`, started, async () => announced(log) !== undefined)
    return announced<Addresses>(log) as Addresses
  })
}

function announced<Addresses>(log: string): Addresses | undefined {
  if (!existsSync(log)) return undefined
  const line = readFileSync(log, 'utf8')
    .split('\n')
    .slice(0, -1)
    .find((text) => text.startsWith('{'))
  return line === undefined ? undefined : (JSON.parse(line) as Addresses)
}
