import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { GetAuthorizationTokenCommandOutput } from '@aws-sdk/client-ecr'
import type { Output } from '../operations.ts'
import type { Upstream } from './registry-client.ts'

const HOURS_12 = 12 * 60 * 60 * 1000

/** The passwords that ECR hands out for a push, with their end. The registry's own password is never among them. */
export class Tokens {
  readonly #expiry = new Map<string, number>()

  issue(): { password: string; expiresAt: Date } {
    const password = randomBytes(48).toString('base64url')
    const expiresAt = new Date(Date.now() + HOURS_12)
    this.#expiry.set(password, expiresAt.getTime())
    return { password, expiresAt }
  }

  /** Ends every token handed out so far, as after twelve hours. */
  expireAll(): void {
    for (const password of this.#expiry.keys()) this.#expiry.set(password, 0)
  }

  /** What an `Authorization` header of the OCI API is worth. The lab's own registry password is taken too. */
  judge(authorization: string | undefined, upstream: Upstream): 'valid' | 'expired' | 'unknown' {
    const encoded = /^Basic (.+)$/.exec(authorization ?? '')?.[1] ?? ''
    const [user, ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
    const password = rest.join(':')
    if (user === upstream.user && same(password, upstream.password())) return 'valid'
    const expiry = user === 'AWS' ? this.#expiry.get(password) : undefined
    if (expiry === undefined) return 'unknown'
    return expiry > Date.now() ? 'valid' : 'expired'
  }
}

export function getAuthorizationToken(
  tokens: Tokens,
  registryHost: string,
): Output<GetAuthorizationTokenCommandOutput> {
  const { password, expiresAt } = tokens.issue()
  const authorizationToken = Buffer.from(`AWS:${password}`).toString('base64')
  return { authorizationData: [{ authorizationToken, expiresAt, proxyEndpoint: `http://${registryHost}` }] }
}

function same(left: string, right: string): boolean {
  const a = Buffer.from(left)
  const b = Buffer.from(right)
  return a.length === b.length && timingSafeEqual(a, b)
}
