import { rmSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** A Docker configuration folder of this run: what logs in there is gone with it. */
export type PrivateDockerConfig = AsyncDisposable & {
  /** Makes a docker process use it. */
  readonly env: Readonly<Record<string, string>>
}

/**
 * A folder (mode 0700) that mirrors the user's Docker configuration, so that contexts, builders, plugins and the logins
 * for other registries keep working, and keeps the login for `host` to itself: an empty credential helper means the
 * folder's own config.json, where otherwise a credsStore would put it into the user's key chain.
 */
export async function privateDockerConfig(host: string, parent: string): Promise<PrivateDockerConfig> {
  const users = process.env.DOCKER_CONFIG || join(homedir(), '.docker')
  const folder = await mkdtemp(join(parent, 'lambda-parity-docker-'))
  const removeNow = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', removeNow)
  const remove = async () => {
    process.removeListener('exit', removeNow)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    for (const name of await entries(users)) {
      if (name !== 'config.json') await symlink(join(users, name), join(folder, name))
    }
    const config = withOwnLogin(await readConfig(join(users, 'config.json')), host)
    await writeFile(join(folder, 'config.json'), JSON.stringify(config), { mode: 0o600 })
  } catch (error) {
    await remove()
    throw error
  }
  return { env: { DOCKER_CONFIG: folder }, [Symbol.asyncDispose]: remove }
}

type ConfigFile = {
  readonly auths?: Readonly<Record<string, unknown>>
  readonly credHelpers?: Readonly<Record<string, string>>
}

/** The user's configuration without a login for `host`, whose credentials are then kept in this file. */
export function withOwnLogin(config: ConfigFile, host: string): ConfigFile {
  const { [host]: _replaced, ...auths } = config.auths ?? {}
  return { ...config, auths, credHelpers: { ...config.credHelpers, [host]: '' } }
}

async function entries(folder: string): Promise<string[]> {
  return await readdir(folder).catch(() => [])
}

/** A file that is missing or that docker itself could not read counts as empty. */
async function readConfig(path: string): Promise<ConfigFile> {
  try {
    return (JSON.parse(await readFile(path, 'utf8')) as ConfigFile | null) ?? {}
  } catch {
    return {}
  }
}
