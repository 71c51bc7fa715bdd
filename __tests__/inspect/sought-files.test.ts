import { describe, expect, it } from 'vitest'
import type { FileEntry } from '../../src/inspect/evidence.ts'
import { fileTree, growingTree } from '../../src/inspect/file-tree.ts'
import { mergedSought, type SoughtKind, soughtFiles } from '../../src/inspect/sought-files.ts'
import { makeDirectory, makeFile, makeLink } from '../builders/evidence.ts'

const FILES: readonly FileEntry[] = [
  makeDirectory('/'),
  { ...makeDirectory('/root'), mode: 0o700 },
  makeDirectory('/usr/lib/python3/dist-packages'),
  { ...makeFile('/etc/shadow'), mode: 0o640 },
  { ...makeFile('/bin/twice'), type: 'hardlink', link: '/bin/once' },
  makeFile('/opt/python/a.so'),
  makeFile('/opt/python/b.pyd'),
  makeFile('/opt/python/libc.so.6'),
  makeLink('/opt/lib', 'python'),
  makeFile('/var/task/bootstrap'),
  makeFile('/usr/share/dotnet/shared/Microsoft.NETCore.App/8.0.1/libcoreclr.so'),
  makeFile('/var/task/runtimes/linux-x64/native/libe.so'),
]
const KINDS: Readonly<Partial<Record<SoughtKind, readonly string[]>>> = {
  closedFolders: ['/root'],
  packageFolders: ['/usr/lib/python3/dist-packages'],
  closedFiles: ['/etc/shadow', '/bin/twice'],
  links: ['/opt/lib'],
  special: [],
  clients: ['/var/task/bootstrap'],
  dotnetNatives: ['/var/task/runtimes/linux-x64/native/libe.so'],
}
const paths = (files: readonly FileEntry[]) => files.map(({ path }) => path)

describe('soughtFiles', () => {
  it.each(Object.entries(KINDS))('tells %s apart', (kind, expected) => {
    expect(paths(soughtFiles(FILES).sought(kind as SoughtKind))).toEqual(expected)
  })

  it('finds extension modules by their endings alone', () => {
    expect(paths(soughtFiles(FILES).sought('modules')).slice(0, 2)).toEqual(['/opt/python/a.so', '/opt/python/b.pyd'])
    expect(paths(soughtFiles(FILES).sought('modules'))).not.toContain('/opt/python/libc.so.6')
  })

  it('leaves out of a runtime what a layer replaces', () => {
    const layer = soughtFiles([makeLink('/opt/lib', 'other'), makeLink('/opt/bin', 'x')])
    const merged = mergedSought(layer, soughtFiles(FILES), (path) => path.startsWith('/opt/'))
    expect(merged.sought('links').map(({ path, link }) => [path, link])).toEqual([
      ['/opt/lib', 'other'],
      ['/opt/bin', 'x'],
    ])
  })
})

describe('growingTree', () => {
  it('is what is made of the whole list', () => {
    const growing = growingTree()
    for (const file of FILES) growing.add(file)
    const [grown, whole] = [fileTree(growing.end()), fileTree([...FILES])]
    expect([...grown.folders()]).toEqual([...whole.folders()])
    for (const folder of whole.folders()) expect(grown.childrenOf(folder)).toEqual(whole.childrenOf(folder))
    for (const kind of Object.keys(KINDS) as SoughtKind[]) expect(grown.sought(kind)).toEqual(whole.sought(kind))
  })

  it('has the last of several entries of one path', () => {
    const growing = growingTree()
    const last = makeFile('/a/x')
    for (const file of [makeLink('/a/x', 'y'), makeFile('/a/y'), last]) growing.add(file)
    const tree = fileTree(growing.end())
    expect(tree.entries.get('/a/x')).toBe(last)
    expect(tree.childrenOf('/a')).toEqual([last, makeFile('/a/y')])
  })
})
