// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the scripts' own
import { expect, test } from 'vitest'
import type { NodeScript } from '../../../src/inspect/node/node-file.ts'
import { nodeReader } from '../../../src/inspect/node/node-reader.ts'
import { makeFile } from '../../builders/evidence.ts'

const MODULES = '/opt/nodejs/node_modules'

function scripts(files: Readonly<Record<string, string>>): readonly string[] {
  return kept(files).flatMap(({ path, loads }) => (loads.length > 0 ? [path.slice(MODULES.length + 1)] : []))
}

function texts(files: Readonly<Record<string, string>>): readonly string[] {
  return kept(files).flatMap(({ path, source }) => (source === undefined ? [] : [path.slice(MODULES.length + 1)]))
}

function kept(files: Readonly<Record<string, string>>): readonly NodeScript[] {
  const drafts = new Map(
    Object.entries(files).flatMap(([name, text]) => {
      const entry = makeFile(`${MODULES}/${name}`)
      const draft = nodeReader.read(entry, Buffer.from(text))
      return draft === undefined ? [] : [[entry.path, draft] as const]
    }),
  )
  return nodeReader.finish(drafts).filter((file) => file.kind === 'script')
}

const ADDON = {
  'addon/package.json': '{"name":"addon","main":"lib/index.js"}',
  'addon/lib/index.js': "module.exports = require('../build/Release/addon.node')",
}

test('keeps what loads native code and what comes to it, by files and by packages', () => {
  const files = {
    ...ADDON,
    'user/package.json': '{"name":"user","main":"./main","dependencies":{"addon":"1"}}',
    'user/main.js': "const lazy = () => require('./lib')\nrequire('./other')",
    'user/lib/index.js': 'const addon = require("addon")',
    'user/other.js': "require('fs')",
  }
  expect(scripts(files)).toEqual(['addon/lib/index.js', 'user/lib/index.js', 'user/main.js'])
})

test('keeps the texts of commands of native packages, and of what starts programs for them', () => {
  const files = {
    ...ADDON,
    'addon/package.json':
      '{"name":"addon","main":"lib/index.js","bin":{"addon":"bin/addon"},"dependencies":{"start":"1"}}',
    'addon/bin/addon': '#!/usr/bin/env node\nrequire("./cli")',
    'addon/bin/cli.js': "require('start')",
    'addon/bin/shell': '#!/bin/sh\nexit 1',
    'addon/lib/index.js': "require('start')\nmodule.exports = require('../build/Release/addon.node')",
    'start/package.json': '{"name":"start"}',
    'start/index.js': "require('node:child_process')",
    'plain/package.json': '{"name":"plain","bin":"cli.js"}',
    'plain/cli.js': "require('fs')",
  }
  expect(texts(files)).toEqual(['addon/bin/addon', 'addon/bin/cli.js', 'addon/lib/index.js', 'start/index.js'])
})

test('keeps no script of packages that nothing native is behind', () => {
  const files = {
    ...ADDON,
    'plain/package.json': '{"name":"plain","dependencies":{"addon-less":"1"}}',
    'addon-less/package.json': '{"name":"addon-less"}',
    'plain/index.js': "require('./a')\nif (process.platform === 'win32') require('./b')",
    'plain/a.js': "require('./b.js')",
    'plain/b.js': "require('fs')",
  }
  expect(scripts(files)).toEqual(['addon/lib/index.js'])
})

test('keeps the text of a package that names a script of its own which is nowhere, and of who needs it', () => {
  const files = {
    'whole/package.json': '{"name":"whole"}',
    'whole/index.js': "require('./a')",
    'whole/a/index.js': '',
    'partly/package.json': '{"name":"partly","main":"lib"}',
    'partly/lib/index.js': "require('../other')",
    'partly/other.js': "require('./gone')",
    'partly/unused.js': "require('./never')",
    'user/package.json': '{"name":"user","dependencies":{"partly":"1"}}',
    'user/index.js': "require('partly')",
    'emptied/package.json': '{"name":"emptied","main":"dist/a.js"}',
    'emptied/index.js': "require('./dist/a.js')",
  }
  expect(texts(files)).toEqual(['emptied/index.js', 'partly/lib/index.js', 'partly/other.js', 'user/index.js'])
})

test('keeps scripts that name a package for a platform, installed or not', () => {
  const files = {
    'fast/package.json':
      '{"name":"fast","main":"index.mjs","optionalDependencies":{"fast-linux-x64":"1"},"os":["linux"]}',
    'fast/index.mjs': "import { add } from './native.mjs'",
    'fast/native.mjs': 'export const { add } = require(`fast-${process.platform}-${process.arch}`)',
    'fast/doc.mjs': "import 'path'",
  }
  expect(scripts(files)).toEqual(['fast/index.mjs', 'fast/native.mjs'])
})

test('follows deep imports of another package and its exports', () => {
  const files = {
    ...ADDON,
    'addon/package.json': '{"name":"addon","exports":{".":{"node":"./lib/index.js"},"./pure":"./pure.js"}}',
    'addon/pure.js': "require('path')",
    'deep/package.json': '{"name":"deep","dependencies":{"addon":"1"}}',
    'deep/index.js': "export * from 'addon'",
    'deep/plain.js': "export * from './nothing.js'",
  }
  expect(scripts(files)).toEqual(['addon/lib/index.js', 'deep/index.js'])
})

test('keeps the text of what decides about native code, and of what it asks, from the entry of a package on', () => {
  const files = {
    ...ADDON,
    'addon/lib/index.js':
      "const { family } = require('libc-name')\nmodule.exports = require(`../build/Release/${family()}.node`)",
    'libc-name/package.json': '{"name":"libc-name","main":"lib/libc.js"}',
    'libc-name/lib/libc.js': "exports.family = () => 'glibc'",
    'libc-name/lib/other.js': "exports.other = () => 'musl'",
    'user/package.json': '{"name":"user","main":"main.js","dependencies":{"addon":"1"}}',
    'user/main.js': "exports.lazy = () => require('addon')",
    'plain/package.json': '{"name":"plain","main":"index.js"}',
    'plain/index.js': "require('fs')",
  }
  expect(texts(files)).toEqual(['addon/lib/index.js', 'libc-name/lib/libc.js', 'user/main.js'])
})

test('a package that names variants for platforms decides about native code when none is installed', () => {
  const files = {
    'tool/package.json':
      '{"name":"tool","main":"index.js","optionalDependencies":{"@tool/linux-x64":"1","@tool/darwin-arm64":"1"}}',
    'tool/index.js': "module.exports = require('./find.js').path",
    'tool/find.js': 'exports.path = require.resolve(`@tool/${process.platform}-${process.arch}/bin/tool`)',
  }
  expect(texts(files)).toEqual(['tool/find.js', 'tool/index.js'])
})

test('keeps texts of packages whose dependency is nowhere, and of those that name what a generator makes', () => {
  const files = {
    'user/package.json': '{"name":"user","dependencies":{"other":"1"}}',
    'user/index.js': "exports.other = require('other')",
    'client/package.json': '{"name":"client"}',
    'client/index.js': "module.exports = require('.generated/client')",
    'whole/package.json':
      '{"name":"whole","dependencies":{"client":"1"},"optionalDependencies":{"gone":"1","client":"1"}}',
    'whole/lib.js': "require('gone')",
  }
  expect(texts(files)).toEqual(['client/index.js', 'user/index.js'])
  expect(texts({ ...files, 'other/package.json': '{"name":"other"}' })).toEqual(['client/index.js'])
})

test('follows the patterns of `exports`, and keeps the lists of build tools', () => {
  const files = {
    'addon/package.json': '{"name":"addon","main":"index.js","dependencies":{"loader":"1"}}',
    'addon/index.js': "const at = require('loader/build/load')\nmodule.exports = require('./build/Release/addon.node')",
    'addon/build/manifest.json': '{"x64":"addon.node"}',
    'loader/package.json': '{"name":"loader","exports":{"./build/*":{"require":"./dist/*.js"}}}',
    'loader/dist/load.js': 'exports.load = 1',
  }
  expect(texts(files)).toEqual(['addon/build/manifest.json', 'addon/index.js', 'loader/dist/load.js'])
})

test('keeps the text of an entry that says where its program for this platform lies', () => {
  const entry = "module.exports = require('path').join(__dirname, process.platform, 'program')"
  const files = { 'tool/package.json': '{"name":"tool"}', 'tool/index.js': entry, 'tool/other.js': 'exports.a = 1' }
  expect(texts(files)).toEqual(['tool/index.js'])
  expect(texts({ ...files, 'tool/index.js': 'exports.platform = process.platform' })).toEqual([])
})

test('keeps the entry of a package whose optional dependencies were all left out', () => {
  const files = {
    'page/package.json': '{"name":"page","optionalDependencies":{"window":"1","canvas-x":"1"}}',
    'page/index.js': "require('window')",
  }
  expect(texts(files)).toEqual(['page/index.js'])
  const one = { ...files, 'canvas-x/package.json': '{"name":"canvas-x"}' }
  expect(texts(one)).not.toContain('page/index.js')
})
