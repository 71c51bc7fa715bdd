import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { LabFolders } from '../folders.ts'
import { run, runAsRoot, succeeds } from '../process/command.ts'
import { changeState, readState } from '../state.ts'

const LINKS = '/sys/class/net'
const IP_FORWARD = '/proc/sys/net/ipv4/ip_forward'

/** What Docker's package and daemon leave behind outside the lab's folder. */
const LEFT_BY_DOCKER = ['/etc/docker/', '/var/run/docker.sock', '/run/docker/', '/opt/containerd/', '/etc/cni/']

/** Notes, once and before the engine is installed, what the engine will change on this machine. */
export async function rememberHostSettings(folders: LabFolders): Promise<void> {
  if (readState(folders).before !== undefined) return
  const before = {
    ipForward: readFileSync(IP_FORWARD, 'utf8').trim(),
    dockerGroup: await succeeds('getent', ['group', 'docker']),
    links: readdirSync(LINKS),
  }
  const placed = LEFT_BY_DOCKER.filter((path) => !existsSync(path))
  changeState(folders, (state) => ({ before, placed: [...new Set([...state.placed, ...placed])] }))
}

/** Puts the settings back after the engine has ended, while iptables is still installed. */
export async function restoreHostSettings(folders: LabFolders): Promise<void> {
  const { before } = readState(folders)
  if (before === undefined) return
  for (const family of ['iptables', 'ip6tables']) {
    if (!(await succeeds(family, ['--version']))) continue
    const saved = await run(`${family}-save`, [])
    await run(`${family}-restore`, [], { input: withoutDockerRules(saved) })
    // With forwarding off the daemon switches it on and closes the chain.
    if (before.ipForward === '0') await run(family, ['--policy', 'FORWARD', 'ACCEPT'])
  }
  for (const link of dockerLinks(readdirSync(LINKS), before.links)) await deleteLink(link)
  await runAsRoot('sh', ['-c', `echo ${before.ipForward} > ${IP_FORWARD}`])
  if (!before.dockerGroup && (await succeeds('getent', ['group', 'docker']))) await runAsRoot('groupdel', ['docker'])
}

/** `iptables-save` text without Docker's own chains and what mentions them or its bridges; other rules keep their order. */
export function withoutDockerRules(saved: string): string {
  const docker = /(^:|\s)DOCKER(-\w+)*\b|\bdocker0\b|\bbr-[0-9a-f]{12}\b/
  return saved
    .split('\n')
    .filter((line) => line.startsWith('#') || !docker.test(line))
    .join('\n')
}

/** Bridges that Docker names (`docker0`, `br-` and a network's id) and that were not there before. */
export function dockerLinks(links: readonly string[], before: readonly string[]): string[] {
  return links.filter((link) => /^(docker0|br-[0-9a-f]{12})$/.test(link) && !before.includes(link))
}

/** A machine without iproute2 keeps the idle interface until it restarts. */
async function deleteLink(name: string): Promise<void> {
  if (await succeeds('ip', ['-V'])) await runAsRoot('ip', ['link', 'delete', name])
}
