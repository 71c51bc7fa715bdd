import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Damage } from '../install.ts'

type Lost = Extract<Damage, `${'dependency' | 'entry' | 'script'}-deleted`>

export function isLost(damage: Damage): damage is Lost {
  return damage === 'dependency-deleted' || damage === 'entry-deleted' || damage === 'script-deleted'
}

/** What of the first requested npm package gets lost; nothing where it has none of the kind. */
export function lostScripts(layer: string, damage: Lost, requirement: string): readonly string[] {
  const modules = join(layer, 'nodejs/node_modules')
  const name = requirement.replace(/^(@?[^@ ]+).*$/, '$1')
  if (damage === 'dependency-deleted') {
    const { dependencies } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')) as {
      dependencies?: Readonly<Record<string, string>>
    }
    return Object.keys(dependencies ?? {})
      .flatMap((one) => [join(modules, name, 'node_modules', one), join(modules, one)])
      .filter((folder) => existsSync(folder))
      .slice(0, 1)
  }
  const require = createRequire(join(modules, 'x.js'))
  const entry = resolved(require, name)
  if (entry === undefined || damage === 'entry-deleted') return entry === undefined ? [] : [entry]
  const own = createRequire(entry)
  return [...readFileSync(entry, 'utf8').matchAll(/(?:require\(|from )['"](\.{1,2}\/[^'"]+)['"]/g)]
    .flatMap(([, path = '']) => resolved(own, path) ?? [])
    .filter((path) => path.startsWith(dirname(join(modules, name, 'package.json'))))
    .slice(0, 1)
}

/** `undefined`: the package is for `import` only, or it is not there. */
function resolved(require: NodeJS.Require, name: string): string | undefined {
  try {
    return require.resolve(name)
  } catch {
    return undefined
  }
}
