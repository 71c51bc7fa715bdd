import type { ElfFile } from '../../inspect/evidence.ts'
import { isFile } from '../facts/image-tree.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'

/** The folders of LD_LIBRARY_PATH in their order, links followed, each once. */
export function libraryPath({ environment, tree }: RuntimeView): readonly string[] {
  const folders = (environment.LD_LIBRARY_PATH ?? '').split(/[:;]/).filter((folder) => folder.startsWith('/'))
  return [...new Set(folders.map((folder) => tree.resolve(folder)?.path ?? folder.replace(/(.)\/+$/, '$1')))]
}

/** The library that a folder answers a soname with, links followed. */
export function libraryAt(folder: string, soname: string, { tree }: RuntimeView): ElfFile | undefined {
  const entry = tree.resolve(`${folder}/${soname}`)
  return isFile(entry) ? tree.elf.get(entry.path) : undefined
}
