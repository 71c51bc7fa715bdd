import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashSync } from 'bcryptjs'
import { unpackPackages } from '../debian/unpack.ts'
import type { LabFolders } from '../folders.ts'
import { freePort } from '../free-port.ts'
import { isAlive, startDetached, untilReady } from '../process/detached.ts'
import type { Progress } from '../progress.ts'
import { changeState, readState } from '../state.ts'

export type LabRegistry = {
  /** `127.0.0.1:PORT`, which Docker contacts without TLS. */
  readonly host: string
}

/** A registry that asks for a password, as ECR's data plane does. */
export type PrivateRegistry = LabRegistry & {
  readonly user: 'AWS'
  /** Holds the password in force, for processes that are told a file. */
  readonly passwordFile: string
  /** The password in force, also when another process has set it. */
  password(): string
  /** Takes effect with the next request: the registry reads its password file again when it changes. */
  setPassword(password: string): void
}

/** Cheap on purpose: the registry checks the hash on every request. */
const BCRYPT_ROUNDS = 4

/** Stands for ECR: password authentication, user `AWS`. Storage lives until `down`. */
export async function privateRegistry(folders: LabFolders, progress: Progress): Promise<PrivateRegistry> {
  const folder = join(folders.run, 'registry')
  mkdirSync(folder, { recursive: true })
  const passwordFile = join(folder, 'password')
  const htpasswd = join(folder, 'htpasswd')
  const setPassword = (password: string) => {
    replaceFile(htpasswd, `AWS:${hashSync(password, BCRYPT_ROUNDS)}\n`)
    replaceFile(passwordFile, password)
  }
  const password = () => readFileSync(passwordFile, 'utf8')
  const process = readState(folders).processes.registry
  if (process === undefined || !isAlive(process)) setPassword('lab-password')
  const host = await ensureRegistry(folders, progress, 'registry', 5210, { htpasswd: { realm: 'lab', path: htpasswd } })
  return { host, user: 'AWS', passwordFile, password, setPassword }
}

/** Stands for public.ecr.aws: anybody reads, and the lab puts its base images there. */
export async function publicRegistry(folders: LabFolders, progress: Progress): Promise<LabRegistry> {
  return { host: await ensureRegistry(folders, progress, 'public-registry', 5211, undefined) }
}

/** Debian's docker-registry (CNCF Distribution 2.8), unpacked and not installed: the package would start a service. */
async function ensureRegistry(
  folders: LabFolders,
  progress: Progress,
  name: string,
  port: number,
  auth: unknown,
): Promise<string> {
  const state = readState(folders)
  const known = state.ports[name]
  const running = state.processes[name]
  if (running !== undefined && known !== undefined && isAlive(running)) return `127.0.0.1:${known}`

  return progress.step(`starting the ${name}`, async () => {
    const unpacked = await unpackPackages(folders, 'docker-registry', ['docker-registry'])
    const host = `127.0.0.1:${await freePort([known, port])}`
    const folder = join(folders.run, name)
    mkdirSync(folder, { recursive: true })
    const configuration = {
      version: 0.1,
      log: { level: 'warn' },
      storage: { filesystem: { rootdirectory: join(folder, 'storage') }, delete: { enabled: true } },
      http: { addr: host, secret: 'lab' },
      ...(auth === undefined ? {} : { auth }),
    }
    // JSON is YAML.
    writeFileSync(join(folder, 'config.yml'), JSON.stringify(configuration))
    const started = startDetached(join(unpacked, 'usr/bin/docker-registry'), ['serve', join(folder, 'config.yml')], {
      log: join(folder, 'registry.log'),
    })
    changeState(folders, ({ processes, ports }) => ({
      processes: { ...processes, [name]: started },
      ports: { ...ports, [name]: Number(host.split(':')[1]) },
    }))
    await untilReady(name, started, () => answers(host))
    return host
  })
}

/** 401 is an answer too: a registry with authentication says so before anything else. */
async function answers(host: string): Promise<boolean> {
  try {
    const { status } = await fetch(`http://${host}/v2/`)
    return status === 200 || status === 401
  } catch {
    return false
  }
}

/** Whole or not at all: a reader never sees half a file. */
function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
