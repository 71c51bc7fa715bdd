import { posix } from 'node:path'
import type { RubyGem } from '../../inspect/ruby/ruby-file.ts'
import type { Subject } from '../check.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { userScope } from '../facts/user-scope.ts'

/** A folder that RubyGems installs into: `gems`, `specifications` and `extensions` lie in it. */
export type GemHome = {
  readonly path: string
  /** Ruby API version in its name (`3.3.0`). */
  readonly api?: string
  readonly gems: readonly RubyGem[]
}

/** Folders with gems of the user's. */
export function gemHomes(subject: Subject): readonly GemHome[] {
  const { contains } = userScope(subject)
  const homes = new Map<string, RubyGem[]>()
  for (const gem of subject.artifact.facts.ruby) {
    if (!contains(gem.path) || gem.path.includes('/specifications/default/')) continue
    const home = posix.dirname(posix.dirname(gem.path))
    homes.set(home, [...(homes.get(home) ?? []), gem])
  }
  return [...homes].map(([path, gems]) => {
    const [, api] = /\/(\d+\.\d+\.\d+)$/.exec(path) ?? []
    return { path, ...(api === undefined ? {} : { api }), gems }
  })
}

/** Ruby's API version in one runtime, or `undefined` where no Ruby runs. */
export function rubyApi({ runtime, tree }: RuntimeView): string | undefined {
  if (runtime?.rubyApi !== undefined) return runtime.rubyApi
  const known = ['/var/lang/lib/ruby/gems', '/usr/local/lib/ruby/gems', '/usr/lib/ruby/gems']
  return known
    .flatMap((folder) => tree.childrenOf(folder))
    .map(({ path }) => posix.basename(path))
    .find((name) => /^\d+\.\d+\.\d+$/.test(name))
}

/**
 * The platform that this Ruby was built for, as the folder of its `rbconfig.rb` names it (`x86_64-linux`, Debian's own
 * `x86_64-linux-gnu`): RubyGems looks for compiled extensions below exactly this name. `undefined` where it was not found.
 */
export function rubyPlatform({ tree, runtime, confidence }: RuntimeView, cpu: string, api: string): string | undefined {
  // AWS builds its own.
  if (confidence === 'table' && runtime?.family === 'ruby') return `${cpu}-linux`
  const below = ['/var/lang/lib/ruby', '/usr/local/lib/ruby'].flatMap((folder) => tree.childrenOf(`${folder}/${api}`))
  const built = below.find(({ path }) => tree.resolve(`${path}/rbconfig.rb`) !== undefined)
  const distribution = tree.childrenOf('/usr/lib').find(({ path }) => tree.resolve(`${path}/ruby/${api}/rbconfig.rb`))
  const found = built ?? distribution
  return found === undefined ? undefined : posix.basename(found.path)
}

/** Whether a Ruby may run here: one that AWS gives no Ruby has none, unless it holds one. */
export function mayRunRuby(view: RuntimeView): boolean {
  const family = view.runtime?.family
  return rubyApi(view) !== undefined || family === undefined || family === 'ruby' || family === 'provided'
}

/** Folder of a gem's files. */
export function gemFolder({ path }: GemHome, { name, version, platform }: RubyGem): string {
  return `${path}/gems/${name}-${version}${platform === 'ruby' ? '' : `-${platform}`}`
}
