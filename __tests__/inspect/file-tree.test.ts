import { expect, it } from 'vitest'
import { fileTree } from '../../src/inspect/file-tree.ts'
import { makeDirectory, makeFile, makeLink } from '../builders/evidence.ts'

const TREE = fileTree([
  makeDirectory('/'),
  makeLink('/bin', 'usr/bin'),
  makeFile('/usr/bin/dash'),
  makeLink('/usr/bin/sh', 'dash'),
  makeLink('/usr/bin/absolute', '/bin/sh'),
  makeLink('/usr/bin/up', '../../usr/./bin/dash'),
  makeLink('/usr/bin/above', '../../../../usr/bin/dash'),
  makeLink('/usr/bin/broken', 'missing'),
  makeLink('/loop', '/pool'),
  makeLink('/pool', '/loop'),
])

it.each([
  ['/bin/sh', '/usr/bin/dash'],
  ['/bin/absolute', '/usr/bin/dash'],
  ['/bin/up', '/usr/bin/dash'],
  ['/bin/above', '/usr/bin/dash'],
  ['//usr/bin/../bin//dash', '/usr/bin/dash'],
  ['/', '/'],
  ['/bin/broken', undefined],
  ['/nothing', undefined],
  ['/loop', undefined],
  ['/loop/dash', undefined],
])('%s leads to %s', (path, expected) => {
  expect(TREE.resolve(path)?.path).toBe(expected)
})
