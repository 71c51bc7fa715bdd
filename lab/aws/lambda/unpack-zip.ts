import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { fromBufferPromise } from 'yauzl'

const UNIX = 3
const FOLDER = 0o040000
const LINK = 0o120000
const TYPE = 0o170000

/** Unpacks an uploaded zip over what lies there, modes and links included, readable for Lambda's user as the zip says. */
export async function unpackZip(zip: Buffer, target: string): Promise<void> {
  const file = await fromBufferPromise(zip, { lazyEntries: true, autoClose: false })
  const links: (() => Promise<void>)[] = []
  for await (const entry of file.eachEntry()) {
    // Without a Unix mode (zips of Windows), Lambda gives its own.
    const unix = entry.versionMadeBy >> 8 === UNIX ? entry.externalFileAttributes >>> 16 : 0
    const name = entry.fileNameRaw.toString('utf8')
    const path = join(target, name)
    if (name.endsWith('/') || (unix & TYPE) === FOLDER) {
      await mkdir(path, { recursive: true, mode: 0o755 })
      continue
    }
    const content = await buffer(await file.openReadStreamPromise(entry))
    await mkdir(dirname(path), { recursive: true, mode: 0o755 })
    // Last, so that nothing is written through a link.
    if ((unix & TYPE) === LINK) links.push(() => symlink(content.toString('utf8'), path))
    else {
      await writeFile(path, content)
      // The process's umask is not Lambda's.
      await chmod(path, unix === 0 ? 0o644 : unix & 0o777)
    }
  }
  for (const link of links) await link()
}
