import { runAsRoot, succeeds } from '../process/command.ts'

/** The second engine's own bridge: two daemons that manage one set of firewall rules undo each other's. */
export const BRIDGE_NAME = 'lambda-parity0'
const ADDRESS = '10.210.0.1/24'
const NETWORK = '10.210.0.0/24'

/** What a daemon would do for its bridge: forward and translate, so that builds reach package registries. */
const RULES = [
  ['nat', 'POSTROUTING', '-s', NETWORK, '!', '-o', BRIDGE_NAME, '-j', 'MASQUERADE'],
  ['filter', 'FORWARD', '-i', BRIDGE_NAME, '-j', 'ACCEPT'],
  ['filter', 'FORWARD', '-o', BRIDGE_NAME, '-m', 'conntrack', '--ctstate', 'RELATED,ESTABLISHED', '-j', 'ACCEPT'],
] as const

export async function addBridge(): Promise<void> {
  if (!(await succeeds('ip', ['link', 'show', BRIDGE_NAME]))) {
    await runAsRoot('ip', ['link', 'add', BRIDGE_NAME, 'type', 'bridge'])
    await runAsRoot('ip', ['address', 'add', ADDRESS, 'dev', BRIDGE_NAME])
  }
  await runAsRoot('ip', ['link', 'set', BRIDGE_NAME, 'up'])
  await removeRules()
  for (const [table, chain, ...rule] of RULES) await runAsRoot('iptables', ['-t', table, '-I', chain, ...rule])
}

/** Takes back what addBridge() has done; nothing to do is fine. */
export async function removeBridge(): Promise<void> {
  await removeRules()
  if (await succeeds('ip', ['link', 'show', BRIDGE_NAME])) await runAsRoot('ip', ['link', 'delete', BRIDGE_NAME])
}

async function removeRules(): Promise<void> {
  for (const [table, chain, ...rule] of RULES) {
    if (await succeeds('iptables', ['-t', table, '-C', chain, ...rule])) {
      await runAsRoot('iptables', ['-t', table, '-D', chain, ...rule])
    }
  }
}
