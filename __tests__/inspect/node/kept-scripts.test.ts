import { expect, test } from 'vitest'
import { nodeReader } from '../../../src/inspect/node/node-reader.ts'
import { makeFile } from '../../builders/evidence.ts'

const MODULES = '/opt/nodejs/node_modules'

function scripts(files: Readonly<Record<string, string>>): readonly string[] {
  const drafts = new Map(
    Object.entries(files).flatMap(([name, text]) => {
      const entry = makeFile(`${MODULES}/${name}`)
      const draft = nodeReader.read(entry, Buffer.from(text))
      return draft === undefined ? [] : [[entry.path, draft] as const]
    }),
  )
  return nodeReader
    .finish(drafts)
    .flatMap(({ kind, path }) => (kind === 'script' ? [path.slice(MODULES.length + 1)] : []))
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

test('keeps no script of packages that nothing native is behind', () => {
  const files = {
    ...ADDON,
    'plain/package.json': '{"name":"plain","dependencies":{"other":"1"}}',
    'plain/index.js': "require('./a')\nif (process.platform === 'win32') require('./b')",
  }
  expect(scripts(files)).toEqual(['addon/lib/index.js'])
})

test('keeps scripts that name a package for a platform, installed or not', () => {
  const files = {
    'fast/package.json':
      '{"name":"fast","main":"index.mjs","optionalDependencies":{"fast-linux-x64":"1"},"os":["linux"]}',
    'fast/index.mjs': "import { add } from './native.mjs'",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the script's own
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
