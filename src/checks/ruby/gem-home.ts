import { posix } from 'node:path'
import type { RubyGem } from '../../inspect/ruby/ruby-file.ts'
import type { Subject } from '../check.ts'
import { imageTree } from '../facts/image-tree.ts'
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
  const scope = userScope(subject)
  const { entries } = imageTree(subject.artifact)
  const homes = new Map<string, RubyGem[]>()
  for (const gem of subject.artifact.facts.ruby) {
    const entry = entries.get(gem.path)
    if (entry === undefined || !scope.contains(entry) || gem.path.includes('/specifications/default/')) continue
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

/** Folder of a gem's files. */
export function gemFolder({ path }: GemHome, { name, version, platform }: RubyGem): string {
  return `${path}/gems/${name}-${version}${platform === 'ruby' ? '' : `-${platform}`}`
}
