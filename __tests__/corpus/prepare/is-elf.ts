import { closeSync, openSync, readSync } from 'node:fs'

export function isElf(path: string): boolean {
  const file = openSync(path, 'r')
  try {
    const magic = Buffer.alloc(4)
    return readSync(file, magic, 0, 4, 0) === 4 && magic.equals(Buffer.from('\x7fELF', 'latin1'))
  } finally {
    closeSync(file)
  }
}
