import type { Subject } from '../../src/checks/check.ts'
import { NO_FACTS } from '../../src/inspect/fact-readers.ts'
import type { RubyGem } from '../../src/inspect/ruby/ruby-file.ts'
import { findRuntime } from '../../src/lambda/runtimes.ts'
import { makeEvidence, makeFile } from './evidence.ts'
import { makePlan } from './plan.ts'
import { makeRuntimeFacts, makeSubject } from './subject.ts'

/** `nokogiri 1.16.0` without a platform, compiled as it was installed. */
export function makeGem(home: string, overrides: Partial<RubyGem> = {}): RubyGem {
  const gem = { name: 'nokogiri', version: '1.16.0', platform: 'ruby', extensions: true, ...overrides }
  const suffix = gem.platform === 'ruby' ? '' : `-${gem.platform}`
  return { kind: 'gem', path: `${home}/specifications/${gem.name}-${gem.version}${suffix}.gemspec`, ...gem }
}

/** A layer with these gems and files for runtime ruby3.3. */
export function makeRubySubject(gems: readonly RubyGem[], paths: readonly string[] = []): Subject {
  const runtime = findRuntime('ruby3.3')
  const { image: _, ...layer } = makeEvidence({
    files: [...gems.map(({ path }) => path), ...paths].map((path) => makeFile(path)),
    elf: [],
    facts: { ...NO_FACTS, ruby: gems },
  })
  return makeSubject({
    artifact: layer,
    runtimes: [{ ...makeRuntimeFacts(), ...(runtime && { runtime }) }],
    plan: makePlan({ kind: 'layer', ...(runtime && { runtime }) }),
  })
}
