import { describe, expect, it } from 'vitest'
import { fileTree } from '../../src/inspect/file-tree.ts'
import { folderIndex, mergedFolders } from '../../src/inspect/folder-index.ts'
import { OverlayMap } from '../../src/inspect/overlay-map.ts'
import { makeFile } from '../builders/evidence.ts'

const index = (...paths: readonly string[]) => folderIndex(new Map(paths.map((path) => [path, makeFile(path)])))
const names = (entries: readonly { readonly path: string }[]) => entries.map(({ path }) => path)

describe('folderIndex', () => {
  const { childrenOf, folders } = index('/', '/a', '/b/x', '/a/y', '/b/z', '/ab/x', '/b', '/b/c/d')

  it('lists what lies right in a folder, wherever in the archive it stands', () => {
    expect(names(childrenOf('/b'))).toEqual(['/b/x', '/b/z'])
    expect(names(childrenOf('/'))).toEqual(['/a', '/b'])
    expect(names(childrenOf('/b/c'))).toEqual(['/b/c/d'])
    expect(childrenOf('/none')).toEqual([])
  })

  it('names every folder that something lies in', () => {
    expect([...folders()].sort()).toEqual(['/', '/a', '/ab', '/b', '/b/c'])
  })

  it('is part of a tree of files', () => {
    expect(names(fileTree([makeFile('/opt/a'), makeFile('/opt/b')]).childrenOf('/opt'))).toEqual(['/opt/a', '/opt/b'])
  })
})

describe('mergedFolders', () => {
  it('puts files of the one in the place of those of the other', () => {
    const merged = mergedFolders(index('/opt/a', '/opt/b', '/own/x'), index('/opt/b', '/opt/c', '/etc/x'))
    expect(names(merged.childrenOf('/opt'))).toEqual(['/opt/c', '/opt/a', '/opt/b'])
    expect(names(merged.childrenOf('/own'))).toEqual(['/own/x'])
    expect(names(merged.childrenOf('/etc'))).toEqual(['/etc/x'])
    expect([...merged.folders()].sort()).toEqual(['/etc', '/opt', '/own'])
  })
})

describe('OverlayMap', () => {
  const below = new Map([
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ])
  const map = new OverlayMap(new Map([['b', 20]]), below, (key) => key === 'b' || key === 'c')

  it('answers as a map of both would', () => {
    expect([map.get('a'), map.get('b'), map.get('c'), map.get('d')]).toEqual([1, 20, undefined, undefined])
    expect([map.has('a'), map.has('b'), map.has('c'), map.has('d')]).toEqual([true, true, false, false])
    expect([...map]).toEqual([
      ['a', 1],
      ['b', 20],
    ])
    expect([[...map.keys()], [...map.values()], map.size]).toEqual([['a', 'b'], [1, 20], 2])
    const seen: unknown[] = []
    map.forEach((value, key) => {
      seen.push([key, value])
    })
    expect(seen).toEqual([...map])
  })
})
