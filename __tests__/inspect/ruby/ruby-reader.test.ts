import { expect, it } from 'vitest'
import { rubyReader } from '../../../src/inspect/ruby/ruby-reader.ts'
import { makeFile } from '../../builders/evidence.ts'

const path = '/opt/ruby/gems/3.3.0/specifications/nokogiri-1.16.0-x86_64-linux-gnu.gemspec'
// As RubyGems 3.5 writes it.
const spec = `# -*- encoding: utf-8 -*-
# stub: nokogiri 1.16.0 x86_64-linux lib

Gem::Specification.new do |s|
  s.name = "nokogiri".freeze
  s.version = "1.16.0".freeze
  s.platform = "x86_64-linux".freeze

  s.required_rubygems_version = Gem::Requirement.new(">= 0".freeze)
  s.extensions = ["ext/nokogiri/extconf.rb".freeze]
end
`

it('reads name, version and platform of an installed gem', () => {
  expect(rubyReader.wants(makeFile(path), Buffer.from('# -*'))).toBeGreaterThan(0)
  expect(rubyReader.read(makeFile(path), Buffer.from(spec))).toEqual({
    kind: 'gem',
    path,
    name: 'nokogiri',
    version: '1.16.0',
    platform: 'x86_64-linux',
    extensions: true,
  })
})

it('knows the version of older RubyGems, and a gem without a platform', () => {
  const older = 's.name = %q{a}\n  s.name = "json"\n  s.version = Gem::Version.new("2.7.1")\n'
  expect(rubyReader.read(makeFile(path), Buffer.from(older))).toMatchObject({
    name: 'json',
    version: '2.7.1',
    platform: 'ruby',
    extensions: false,
  })
})

it('takes nothing from what is no specification', () => {
  expect(rubyReader.wants(makeFile('/opt/ruby/gems/3.3.0/gems/a/a.gemspec'), Buffer.from('# -*'))).toBe(0)
  expect(rubyReader.read(makeFile(path), Buffer.from('\0\0\0'))).toBeUndefined()
})

it('takes what is activated with a gem, not what develops it', () => {
  const text = [
    's.name = "nokogiri".freeze',
    's.version = "1.18.2"',
    '  s.add_runtime_dependency(%q<mini_portile2>.freeze, ["~> 2.8.2".freeze])',
    '  s.add_dependency("racc", "~> 1.4")',
    '  s.add_development_dependency(%q<rake>.freeze, ["~> 13.0".freeze])',
  ].join('\n')
  expect(rubyReader.read(makeFile('/specifications/nokogiri-1.18.2.gemspec'), Buffer.from(text))).toMatchObject({
    dependencies: ['mini_portile2', 'racc'],
  })
})
