import { expect, it } from 'vitest'
import { namedModules } from '../../../src/inspect/node/named-modules.ts'

const named = (source: string) => {
  const { names, computedAt } = namedModules(Buffer.from(source))
  return { names: [...names], computed: computedAt.map((at) => source.slice(at, at + 4)) }
}

it('finds the names of every way to load a module', () => {
  const source = `const a = require('a'); import b from "b"; import 'c'; import(\`d\`); export * from './e'; __require ( 'f' )`
  expect(named(source)).toEqual({ names: ['a', 'f', 'c', 'd', 'b', './e'], computed: [] })
})

it('says where a name is made up', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a script that makes a name up
  expect(named("require('x/' + name); require(`y/${name}`); import(path)").computed).toEqual(["'x/'", '`y/$', 'path'])
})

it('is not misled by words that hold these words, nor by the end of the text', () => {
  const none = { names: [], computed: [] }
  expect(named('wherefrom "a"; reimport "b"; Array.from (c); require(); require(12)')).toEqual(none)
  for (const end of ['require', 'require(', "require('a", 'import', 'import(', 'from', "from 'a"])
    expect(named(end).names, end).toEqual([])
})
