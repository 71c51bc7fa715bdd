import { proxyVariables } from '../../build/proxy-variables.ts'

/** Where packages come from, as pip, uv, npm, yarn and Bundler read it; what a step without a container would see too. */
const REGISTRIES = [
  'PIP_INDEX_URL',
  'PIP_EXTRA_INDEX_URL',
  'PIP_TRUSTED_HOST',
  'UV_DEFAULT_INDEX',
  'UV_INDEX',
  'UV_INDEX_URL',
  'UV_EXTRA_INDEX_URL',
  'NPM_CONFIG_REGISTRY',
  'npm_config_registry',
  'NODE_AUTH_TOKEN',
  'NPM_TOKEN',
  'YARN_NPM_REGISTRY_SERVER',
  'YARN_NPM_AUTH_TOKEN',
]
/**
 * Settings of Bundler that belong to one host or gem, dots written as `__`: credentials (`BUNDLE_GEMS__EXAMPLE__COM`),
 * mirrors, flags of the compiler (https://bundler.io/man/bundle-config.1.html). `local.<gem>` is a folder of the runner.
 */
const BUNDLER = /^BUNDLE_(?!LOCAL__)[A-Z0-9_]+?__[A-Z0-9_]+$/
const BUNDLER_OPEN = /^BUNDLE_(?:MIRROR|BUILD)__/
/** uv's user name and password of an index by its name. */
const NAMED_INDEX = /^UV_INDEX_[A-Z0-9_]+_(?:USERNAME|PASSWORD)$/
const TOKEN = /^(?:NODE_AUTH_TOKEN|NPM_TOKEN|YARN_NPM_AUTH_TOKEN|UV_INDEX_[A-Z0-9_]+_PASSWORD)$/
const SHORTEST_SECRET = 4

/** Variables of the runner that a build sees, and the texts in them that nobody may read: passwords in addresses, tokens. */
export function passedVariables(environment: Readonly<Record<string, string | undefined>>): {
  readonly variables: Readonly<Record<string, string>>
  readonly secrets: readonly string[]
} {
  const bundler = Object.keys(environment).filter((name) => BUNDLER.test(name))
  const indexes = Object.keys(environment).filter((name) => NAMED_INDEX.test(name))
  const known = [...proxyVariables(environment), ...REGISTRIES, ...indexes, ...bundler]
  const names = known.filter((name) => (environment[name] ?? '') !== '')
  const variables = Object.fromEntries(names.map((name) => [name, environment[name] ?? '']))
  const secrets = names.flatMap((name) => {
    const value = variables[name] ?? ''
    if (TOKEN.test(name)) return [value]
    // `user:password`, or a token alone.
    if (BUNDLER.test(name) && !BUNDLER_OPEN.test(name))
      return [...new Set([value, value.slice(value.indexOf(':') + 1)])]
    return passwords(value)
  })
  return { variables, secrets: secrets.filter((secret) => secret.length >= SHORTEST_SECRET) }
}

/** As they stand in the address, and as what they mean. */
function passwords(addresses = ''): readonly string[] {
  return addresses.split(/\s+/).flatMap((address) => {
    const [, written] = /^[a-z+]+:\/\/[^/@:]*:([^/@]+)@/i.exec(address) ?? []
    if (written === undefined) return []
    const meant = URL.canParse(address) ? decoded(new URL(address).password) : written
    return [...new Set([written, meant])]
  })
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
