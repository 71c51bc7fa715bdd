import { existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { runAsRoot } from '../process/command.ts'

/** Where Debian and Ubuntu keep the certificates that a machine trusts. */
export const HOST_CA_BUNDLE = '/etc/ssl/certs/ca-certificates.crt'

/** The bundle's text; undefined on a machine that has none. */
export function trustedAuthorities(): string | undefined {
  return existsSync(HOST_CA_BUNDLE) ? readFileSync(HOST_CA_BUNDLE, 'utf8') : undefined
}

/**
 * ca-certificates, which others depend on, writes the bundle anew when it is installed and deletes it when it is purged:
 * a machine whose administrator has put its own authority there would trust nothing afterwards.
 */
export async function keepingTrust<T>(work: () => Promise<T>): Promise<T> {
  const before = trustedAuthorities()
  try {
    return await work()
  } finally {
    if (before !== undefined && trustedAuthorities() !== before) {
      await runAsRoot('sh', ['-c', `mkdir -p ${dirname(HOST_CA_BUNDLE)} && cat > ${HOST_CA_BUNDLE}`], { input: before })
    }
  }
}
