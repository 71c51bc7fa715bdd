import { expect, it } from 'vitest'
import { chainDiagram } from '../../src/report/chain-diagram.ts'
import { chainForest, treeLines } from '../../src/report/chain-tree.ts'

const SHARED = [
  '/var/task/crop.node -> libvision.so.2 -> libgomp.so.1 (not found)',
  '/var/task/resize.node -> libvision.so.2 -> libgomp.so.1 (not found)',
]

it('joins chains where they begin alike', () => {
  const forest = chainForest([
    '/a.so -> b.so -> x.so (not found)',
    '/a.so -> b.so -> y.so (not found)',
    '/a.so -> z.so (not found)',
  ])
  expect(treeLines(forest)).toBe(
    ['/a.so', '├─ b.so', '│  ├─ x.so   ✗ not found', '│  └─ y.so   ✗ not found', '└─ z.so   ✗ not found'].join('\n'),
  )
})

it('draws a picture only where chains meet, which no tree shows', () => {
  expect(chainDiagram(chainForest(SHARED.slice(0, 1)))).toBe('')
  const picture = chainDiagram(chainForest(SHARED))
  expect(picture.match(/libvision/g)).toHaveLength(1)
  expect(picture).toContain('n2["libgomp.so.1, not found"]:::lost')
})

it('lets nothing through that means something to Mermaid', () => {
  const name = 'a"]; click n0 "javascript:x" %%{init}%% <b>#quot;`-->'
  const picture = chainDiagram(chainForest([`${name}.so -> l.so -> x (not found)`, '/b.so -> l.so -> x (not found)']))
  const labels = [...picture.matchAll(/^ {2}n\d+\["(.*)"\]/gm)].map(([, label]) => label)
  expect(labels).toHaveLength(4)
  for (const label of labels) expect(label).toMatch(/^[\w .,/+=…-]*$/)
  expect(picture).not.toContain('%%')
})

it.each([[['/var/task/a', '/var/task/b']], [['a -> b']], [[]]])('%j is no chain', (examples) => {
  expect(chainForest(examples)).toEqual([])
})

it('says how much of a large tree is not shown', () => {
  const many = Array.from({ length: 40 }, (_, index) => `/a.so -> lib${index}.so (not found)`)
  expect(treeLines(chainForest(many)).split('\n').at(-1)).toBe('… 17 more lines')
})
