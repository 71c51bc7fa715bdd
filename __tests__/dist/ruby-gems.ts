import type { Gem } from './gem-server.ts'

const extension = (name: string, needs: string, call: string, expression: string): Gem => ({
  name,
  version: '1.0.0',
  specification: [`s.extensions = ['ext/${name}/extconf.rb']`],
  files: {
    [`lib/${name}.rb`]: `require '${name}/${name}'\n`,
    [`ext/${name}/extconf.rb`]: `require 'mkmf'\n${needs}create_makefile('${name}/${name}')\n`,
    [`ext/${name}/${name}.c`]: `#include <ruby.h>
${call}
static VALUE answer(VALUE self) { (void)self; return ${expression}; }
void Init_${name}(void) { rb_define_module_function(rb_define_module("${name.replace(/^./, (first) => first.toUpperCase())}"), "answer", answer, 0); }
`,
  },
})

/** Gems as there are of every kind; none of them is anybody's. */
export const GEMS: readonly Gem[] = [
  // Required as `shop/greeting`; the lock file asks for the older one.
  ...['1.0.0', '1.1.0'].map((version) => ({
    name: 'shop-greeting',
    version,
    specification: ["s.add_dependency 'shopwords'"],
    files: {
      'lib/shop/greeting.rb': `require 'shop_words'\nmodule Shop\n  def self.greet(name) = "#{WORDS} #{name}, ${version}"\nend\n`,
    },
  })),
  { name: 'shopwords', version: '2.0.0', files: { 'lib/shop_words.rb': "module Shop\n  WORDS = 'Hello'\nend\n" } },
  extension('sums', '', '', 'INT2FIX(42)'),
  // The library is in the build image and in no other.
  extension(
    'expats',
    "$libs += ' -l:libexpat.so.1'\n",
    'const char *XML_ExpatVersion(void);',
    'rb_str_new_cstr(XML_ExpatVersion())',
  ),
  // A command only.
  {
    name: 'shoptool',
    version: '0.1.0',
    specification: ["s.executables = ['shoptool']", "s.bindir = 'exe'"],
    files: { 'exe/shoptool': '#!/usr/bin/env ruby\n' },
  },
]

/** A manifest with its lock, as Bundler writes it for rubygems.org. */
export function lockedGems(names: readonly string[], all: Readonly<Record<string, string>>): Record<string, string> {
  const specs = Object.entries(all).map(([name, version]) => {
    const needs = name === 'shop-greeting' ? '      shopwords\n' : ''
    return `    ${name} (${version})\n${needs}`
  })
  return {
    Gemfile: `source 'https://rubygems.org'\n${names.map((name) => `gem '${name}'\n`).join('')}`,
    'Gemfile.lock': `GEM
  remote: https://rubygems.org/
  specs:
${specs.join('')}
PLATFORMS
  ruby
  x86_64-linux

DEPENDENCIES
${names.map((name) => `  ${name}\n`).join('')}
BUNDLED WITH
   2.6.7
`,
  }
}
