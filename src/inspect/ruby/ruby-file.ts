/** What one file of a Ruby program says. */
export type RubyFile = RubyGem

/** An installed gem: `path` is its gemspec, `…/specifications/nokogiri-1.16.0-x86_64-linux-gnu.gemspec`. */
export type RubyGem = {
  readonly kind: 'gem'
  readonly path: string
  readonly name: string
  readonly version: string
  /** As RubyGems writes it (`x86_64-linux-gnu`, `arm64-darwin`); `ruby` for a gem of no platform. */
  readonly platform: string
  /** True when it compiles extensions as it is installed. */
  readonly extensions: boolean
  /** Names of the gems that RubyGems activates with it, which it refuses to do without; absent: none. */
  readonly dependencies?: readonly string[]
  /** Folders of the gem that are searched for what is required; absent: `lib` alone. */
  readonly requirePaths?: readonly string[]
}
