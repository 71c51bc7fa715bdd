import type { Finding } from '../check.ts'
import { examplesOf, groupBy } from '../facts/examples.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { code, counted, listed, shellWord } from '../facts/wording.ts'
import { type GemHome, gemFolder } from './gem-home.ts'

const MOST_NAMED = 5

/**
 * Gems that others need and nobody has: RubyGems refuses to activate a gem without them. No more than a warning: the
 * function's own bundle may bring them, and so may a gem that Bundler took from Git, which leaves no specification.
 */
export function absentDependencies(homes: readonly GemHome[], view: RuntimeView): readonly Finding[] {
  if (view.confidence === 'table') return []
  const there = new Set(view.facts.ruby.map(({ name }) => name))
  const lacking = homes.flatMap((home) =>
    home.gems.flatMap((gem) =>
      (gem.dependencies ?? []).filter((name) => !there.has(name)).map((name) => ({ home, gem, name })),
    ),
  )
  return [...groupBy(lacking, ({ home }) => home.path).values()].flatMap((same) => {
    const [first] = same
    if (first === undefined) return []
    const needing = [...new Map(same.map((one) => [gemFolder(one.home, one.gem), one.gem]))]
    const names = [...new Set(same.map(({ name }) => name))].sort()
    const [[folder] = ['']] = needing
    const who = listed(
      needing.map(([, { name }]) => code(name)),
      MOST_NAMED,
    )
    const one = needing.length === 1
    return [
      {
        rule: 'ruby-layout',
        level: 'warning',
        confidence: 'heuristic',
        subject: one ? folder : first.home.path,
        ...(one ? { owner: `pkg:gem/${first.gem.name}` } : {}),
        message: `${one ? 'The gem' : 'The gems'} ${who} ${one ? 'needs' : 'need'} ${listed(names.map(code), MOST_NAMED)}, which ${names.length === 1 ? 'is' : 'are'} not installed: RubyGems does not load ${one ? 'it' : 'them'} (\`Gem::MissingSpecError\`) unless the function brings ${names.length === 1 ? 'it' : 'them'}`,
        expected: `${listed(names.map(code), MOST_NAMED)} beside ${one ? 'it' : 'them'}`,
        actual: `${counted(names.length, 'gem')} missing`,
        help: `Install the gems with what they need, and leave nothing of it out.\ngem install --install-dir ${shellWord(first.home.path.replace(/^\/opt\//, ''))} ${names.slice(0, MOST_NAMED).map(shellWord).join(' ')}`,
        ...examplesOf(same.map(({ gem, name }) => `${gem.name} ${gem.version} -> ${name}`)),
      } satisfies Finding,
    ]
  })
}
