import { expect, it } from 'vitest'
import { NO_FACTS } from '../../../src/inspect/fact-readers.ts'
import type { RubyGem } from '../../../src/inspect/ruby/ruby-file.ts'
import { requirableGems } from '../../../src/smoke/layer/requirable-gems.ts'
import { makeLayerEvidence } from '../../builders/layer.ts'
import { makeGem } from '../../builders/ruby.ts'

const HOME = '/opt/ruby/gems/3.3.0'
const RUBY = { rubyApi: '3.3.0' }

const gem = (name: string, more: Partial<RubyGem> = {}) =>
  makeGem(HOME, { name, version: '1.0.0', extensions: false, ...more })
const layer = (gems: readonly RubyGem[], files: readonly string[]) =>
  makeLayerEvidence(files, { facts: { ...NO_FACTS, ruby: gems } })
const inGem = (path: string) => `ruby/gems/3.3.0/gems/${path}`
const names = (gems: readonly RubyGem[], files: readonly string[]) =>
  requirableGems(layer(gems, files), RUBY).packages.map(({ name }) => name)

it.each([
  ['nokogiri', ['lib/nokogiri.rb', 'lib/xsd.rb'], 'nokogiri'],
  ['google-protobuf', ['lib/google/protobuf.rb', 'lib/google/other.rb'], 'google/protobuf'],
  ['aws-sdk-core', ['lib/aws-sdk-core.rb', 'lib/aws-defaults.rb'], 'aws-sdk-core'],
  ['rack-session', ['lib/rack_session.rb', 'lib/z.rb'], 'rack_session'],
  ['activesupport', ['lib/active_support.rb', 'lib/active_support/all.rb'], 'active_support'],
  ['RedCloth', ['lib/redcloth.rb', 'lib/other.rb'], 'redcloth'],
  ['ruby-graphviz', ['lib/graphviz.rb'], 'graphviz'],
])('%s is required by the file that it has for that', (name, files, feature) => {
  expect(
    names(
      [gem(name)],
      files.map((file) => inGem(`${name}-1.0.0/${file}`)),
    ),
  ).toEqual([feature])
})

it('looks in the folders that the specification names, and where extensions are kept', () => {
  const concurrent = gem('concurrent-ruby', { requirePaths: ['lib/concurrent-ruby'] })
  const files = [
    inGem('concurrent-ruby-1.0.0/lib/concurrent-ruby/concurrent-ruby.rb'),
    'ruby/gems/3.3.0/extensions/x86_64-linux/3.3.0/bare-1.0.0/bare.so',
  ]
  expect(names([concurrent, gem('bare', { extensions: true })], files)).toEqual(['bare', 'concurrent-ruby'])
})

it('passes over gems of commands and of several files without their name', () => {
  const told = requirableGems(
    layer(
      [gem('tool'), gem('parts')],
      [inGem('tool-1.0.0/exe/tool'), inGem('parts-1.0.0/lib/a.rb'), inGem('parts-1.0.0/lib/b.rb')],
    ),
    RUBY,
  )
  expect(told).toEqual({ packages: [], passedOver: ['parts', 'tool'] })
})

it('names every version of a gem, and one of those for several platforms', () => {
  const two = [gem('json'), gem('json', { version: '2.0.0' }), gem('ffi'), gem('ffi', { platform: 'x86_64-linux' })]
  const files = ['json-1.0.0', 'json-2.0.0', 'ffi-1.0.0', 'ffi-1.0.0-x86_64-linux'].map((name) =>
    inGem(`${name}/lib/${name.split('-')[0]}.rb`),
  )
  expect(requirableGems(layer(two, files), RUBY).packages).toEqual([
    { name: 'ffi', gem: 'ffi', version: '1.0.0' },
    { name: 'json', label: 'json (1.0.0)', gem: 'json', version: '1.0.0' },
    { name: 'json', label: 'json (2.0.0)', gem: 'json', version: '2.0.0' },
  ])
})

it('takes the gems of the runtime’s Ruby, those of another when there are no others, and own files', () => {
  const old = makeGem('/opt/ruby/gems/3.2.0', { name: 'old', version: '1.0.0' })
  const files = [inGem('own-1.0.0/lib/own.rb'), 'ruby/gems/3.2.0/gems/old-1.0.0/lib/old.rb', 'ruby/lib/shop.rb']
  expect(names([old, gem('own')], files)).toEqual(['own', 'shop'])
  expect(names([old], files)).toEqual(['old', 'shop'])
  expect(names([], ['ruby/lib/deep/inner.rb', 'ruby/lib/readme.md'])).toEqual([])
})
