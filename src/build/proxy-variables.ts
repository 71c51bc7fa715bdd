/** Build arguments that BuildKit knows without an ARG and keeps out of history and cache keys (Dockerfile reference). */
const NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY']
const LOOPBACK = /^(?:[a-z0-9+.-]+:\/\/)?(?:[^@/]*@)?(?:localhost|127(?:\.\d+){3}|\[?::1\]?)(?::\d+)?\/?$/i

/**
 * Names of the proxy variables of `environment` that a build should see. Only names: a proxy's address may hold a
 * password. A proxy on this machine's loopback is left out, since a build step cannot reach it, unless the build
 * shares the machine's network.
 */
export function proxyVariables(
  environment: Readonly<Record<string, string | undefined>>,
  network?: string,
): readonly string[] {
  return NAMES.flatMap((name) => [name, name.toLowerCase()]).filter((name) => {
    const value = environment[name] ?? ''
    return value !== '' && (network === 'host' || !LOOPBACK.test(value))
  })
}
