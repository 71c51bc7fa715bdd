import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { RuntimeView } from '../../src/checks/facts/runtime-view.ts'
import { wholeFile } from '../../src/inspect/byte-windows.ts'
import { readElf } from '../../src/inspect/elf.ts'
import { isElf } from '../../src/inspect/elf-header.ts'
import type { ElfFile, FileEntry } from '../../src/inspect/evidence.ts'
import { NO_FACTS } from '../../src/inspect/fact-readers.ts'
import { fileTree } from '../../src/inspect/file-tree.ts'
import { loaderReader } from '../../src/inspect/loader/loader-reader.ts'

/** What a process sees whose root is a folder of this machine, or only some folders of it (`only`, absolute). */
export function folderView(
  root: string,
  environment: Readonly<Record<string, string>>,
  only: readonly string[] = [''],
): RuntimeView {
  const files: FileEntry[] = []
  const elf: ElfFile[] = []
  const loader = new Map()
  const inodes = new Map<string, string>()
  for (const folder of only) visit(folder)
  return {
    reference: root,
    tree: { ...fileTree(files), elf: new Map(elf.map((file) => [file.path, file])) },
    facts: { ...NO_FACTS, loader: loaderReader.finish(loader) },
    environment,
    tools: {},
    confidence: 'proven',
  }

  function visit(path: string): void {
    const place = join(root, path)
    const stat = lstatSync(place)
    const { mode, uid, gid, size, mtimeMs, ino, nlink } = stat
    const entry = { path: path || '/', mode: mode & 0o7777, uid, gid, size: 0, mtime: Math.floor(mtimeMs / 1000) }
    if (stat.isSymbolicLink()) files.push({ ...entry, type: 'symlink', link: readlinkSync(place) })
    else if (stat.isDirectory()) {
      files.push({ ...entry, type: 'directory' })
      for (const name of readdirSync(place)) visit(`${path}/${name}`)
    } else if (stat.isFile()) {
      const first = inodes.get(`${ino}`)
      if (nlink > 1 && first === undefined) inodes.set(`${ino}`, path)
      files.push(first === undefined ? { ...entry, type: 'file', size } : { ...entry, type: 'hardlink', link: first })
      read(path, place, { ...entry, type: 'file', size })
    } else files.push({ ...entry, type: 'other' })
  }

  function read(path: string, place: string, entry: FileEntry): void {
    if (isElf(head(place))) elf.push(readElf(path, wholeFile(readFileSync(place))))
    const wanted = loaderReader.wants(entry, Buffer.alloc(0))
    if (wanted === 0) return
    const fact = loaderReader.read(entry, readFileSync(place).subarray(0, wanted))
    if (fact !== undefined) loader.set(path, fact)
  }
}

function head(place: string): Buffer {
  const file = openSync(place, 'r')
  const bytes = Buffer.alloc(4)
  const length = readSync(file, bytes)
  closeSync(file)
  return bytes.subarray(0, length)
}
