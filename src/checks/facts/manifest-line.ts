import { posix } from 'node:path'

/**
 * Line of a dependency manifest that asks for a package, from 1; `undefined` for what another package has brought.
 * `owner` is a purl without version. Pure.
 */
export function manifestLine(file: string, text: string, owner: string): number | undefined {
  const name = packageName(owner)
  if (name === undefined) return undefined
  const asks = asksFor(file, name)
  const index = text.split('\n').findIndex((line) => !/^\s*(?:#|\/\/)/.test(line) && asks(line))
  return index < 0 ? undefined : index + 1
}

/** `@img/sharp` of `pkg:npm/%40img/sharp`; of a jar the artifact alone. */
function packageName(owner: string): string | undefined {
  const [, type, path] = /^pkg:(\w+)\/(.+)$/.exec(owner) ?? []
  if (type === undefined || path === undefined) return undefined
  return type === 'maven' ? posix.basename(path) : decodeURIComponent(path)
}

function asksFor(file: string, name: string): (line: string) => boolean {
  const pattern = escaped(name)
  switch (posix.basename(file)) {
    case 'package.json': {
      const key = new RegExp(`^\\s*"${pattern}"\\s*:`)
      return (line) => key.test(line)
    }
    case 'pom.xml':
      return (line) => line.includes(`<artifactId>${name}</artifactId>`)
    case 'Gemfile': {
      const gem = new RegExp(`\\bgem\\s*\\(?\\s*['"]${pattern}['"]`)
      return (line) => gem.test(line)
    }
    default: {
      // PEP 503: case and kind of separator do not tell distributions apart; extras and versions follow.
      const wanted = name.toLowerCase().replaceAll(/[-_.]+/g, '-')
      const requirement = /^[\s"'[]*([A-Za-z0-9][\w.-]*)/
      return (line) =>
        requirement
          .exec(line)?.[1]
          ?.toLowerCase()
          .replaceAll(/[-_.]+/g, '-') === wanted
    }
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
