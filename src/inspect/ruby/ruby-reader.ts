import { type FactReader, sorted } from '../fact-reader.ts'
import type { RubyGem } from './ruby-file.ts'

// Descriptions and file lists may be long; name, version, platform and extensions stand before them or fit.
const MOST_BYTES = 256 * 1024
const GEMSPEC = /\/specifications\/(?:default\/)?[^/]+\.gemspec$/

/** Gems by the specifications that RubyGems writes when it installs one (Gem::Specification#to_ruby). */
export const rubyReader: FactReader<RubyGem, RubyGem> = {
  wants: ({ path }) => (GEMSPEC.test(path) ? MOST_BYTES : 0),
  read({ path }, bytes) {
    const text = bytes.toString('utf8')
    const name = value(text, 'name')
    const version = value(text, 'version')
    if (name === undefined || version === undefined) return undefined
    const platform = value(text, 'platform') ?? 'ruby'
    const extensions = /^\s*s\.extensions\s*=/m.test(text)
    return { kind: 'gem', path, name, version, platform, extensions, ...dependencies(text), ...requirePaths(text) }
  },
  finish: (drafts) => sorted([...drafts].map(([path, gem]) => ({ ...gem, path }))),
}

/** `s.name = "nokogiri".freeze`; a version may stand in Gem::Version.new("…"). */
function value(text: string, field: string): string | undefined {
  return new RegExp(`^\\s*s\\.${field}\\s*=\\s*(?:Gem::Version\\.new\\(\\s*)?"([^"\\n]{1,200})"`, 'm').exec(text)?.[1]
}

/** `s.add_runtime_dependency(%q<racc>.freeze, ["~> 1.4".freeze])`; for development only: not installed with it. */
function dependencies(text: string): Pick<RubyGem, 'dependencies'> {
  const found = text.matchAll(/^\s*s\.add_(?:runtime_)?dependency\(\s*(?:%q<|["'])([\w.-]{1,200})[>"']/gm)
  const names = [...new Set([...found].map(([, name]) => name ?? ''))]
  return names.length === 0 ? {} : { dependencies: names }
}

/** `s.require_paths = ["lib".freeze, "ext".freeze]` */
function requirePaths(text: string): Pick<RubyGem, 'requirePaths'> {
  const [, list = ''] = /^\s*s\.require_paths\s*=\s*\[([^\]\n]{1,1000})\]/m.exec(text) ?? []
  const paths = [...list.matchAll(/"([^"]+)"/g)].map(([, path]) => path ?? '')
  return paths.length === 0 || paths.join() === 'lib' ? {} : { requirePaths: paths }
}
