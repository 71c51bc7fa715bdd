import { posix } from 'node:path'
import { imageTree, isFile } from '../../checks/facts/image-tree.ts'
import type { Evidence } from '../../inspect/evidence.ts'
import type { RubyGem } from '../../inspect/ruby/ruby-file.ts'
import type { Runtime } from '../../lambda/runtimes.ts'

/** What `require` is given, and the gem of the layer that is activated before. */
export type Requirable = {
  readonly name: string
  /** With the version, where the layer has several of one gem. */
  readonly label?: string
  readonly gem?: string
  readonly version?: string
}

export type RequirableGems = {
  readonly packages: readonly Requirable[]
  /** Gems that have no file to require by their name: commands, or parts of others. */
  readonly passedOver: readonly string[]
}

const GEMS = '/opt/ruby/gems'

/**
 * What a function can require of a layer: each gem in `ruby/gems/X.Y.0` of the runtime's Ruby, and the files in `ruby/lib`.
 * Where all gems are for another Ruby they are named all the same, since a function would ask for them. Pure.
 */
export function requirableGems(layer: Evidence, { rubyApi }: Pick<Runtime, 'rubyApi'>): RequirableGems {
  const inHome = (path: string) => posix.dirname(posix.dirname(path))
  const all = layer.facts.ruby.filter(({ path }) => posix.dirname(inHome(path)) === GEMS)
  const own = all.filter(({ path }) => inHome(path) === `${GEMS}/${rubyApi}`)
  const found = unique(own.length > 0 ? own : all).map((gem) => ({ gem, feature: feature(gem, layer) }))
  const several = new Set(found.map(({ gem }) => gem.name).filter((name, at, names) => names.indexOf(name) !== at))
  const gems = found.flatMap(({ gem: { name: gem, version }, feature: name }) => {
    if (name === undefined) return []
    return [{ name, ...(several.has(gem) ? { label: `${name} (${version})` } : {}), gem, version }]
  })
  return {
    packages: [...gems, ...ownFiles(layer)].sort((a, b) => (key(a) < key(b) ? -1 : 1)),
    passedOver: found.flatMap(({ gem, feature: name }) => (name === undefined ? [gem.name] : [])).sort(),
  }
}

const key = ({ name, version = '' }: Requirable) => `${name} ${version}`

/** RubyGems picks the one for its platform. */
function unique(gems: readonly RubyGem[]): readonly RubyGem[] {
  return [...new Map(gems.map((gem) => [`${gem.name} ${gem.version}`, gem])).values()]
}

/**
 * The file that a gem is required by: of its name, in the spellings that gems have (`google-protobuf` is
 * `google/protobuf`, `activesupport` is `active_support`), or the only one there is.
 */
function feature({ name, version, platform, path, requirePaths = ['lib'] }: RubyGem, layer: Evidence) {
  const { entries, childrenOf } = imageTree(layer)
  const home = posix.dirname(posix.dirname(path))
  const full = `${name}-${version}${platform === 'ruby' ? '' : `-${platform}`}`
  const compiled = childrenOf(`${home}/extensions`)
    .flatMap((one) => childrenOf(one.path))
    .map((one) => `${one.path}/${full}`)
  const roots = [...requirePaths.map((folder) => posix.join(home, 'gems', full, folder)), ...compiled]
  const has = (wanted: string) =>
    roots.some((root) => ['.rb', '.so'].some((ending) => isFile(entries.get(`${root}/${wanted}${ending}`))))
  const spelled = [name, name.replaceAll('-', '/'), name.replaceAll('-', '_')].flatMap((one) => [
    one,
    one.toLowerCase(),
  ])
  const named = spelled.find(has)
  if (named !== undefined) return named
  const files = roots.flatMap((root) => childrenOf(root)).flatMap((entry) => (isFile(entry) ? stem(entry.path) : []))
  const [only, ...others] = [...new Set(files)]
  return others.length === 0 ? only : files.find((file) => bare(file) === bare(name))
}

const bare = (text: string) => text.replace(/[-_]/g, '').toLowerCase()

function stem(path: string): readonly string[] {
  const [, name] = /([^/]+)\.(?:rb|so)$/.exec(path) ?? []
  return name === undefined ? [] : [name]
}

/** RUBYLIB names the folder. */
function ownFiles(layer: Evidence): readonly Requirable[] {
  return imageTree(layer)
    .childrenOf('/opt/ruby/lib')
    .flatMap((entry) => (isFile(entry) ? stem(entry.path) : []))
    .map((name) => ({ name }))
}
