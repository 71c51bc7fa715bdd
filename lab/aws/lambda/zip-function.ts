import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Runnable } from './invoke.ts'
import { unpackZip } from './unpack-zip.ts'

/** What a container is made of: the image, and folders of this machine that it sees. Folders made for it go with it. */
export type Placed = AsyncDisposable & {
  readonly reference: string
  readonly folders: readonly { readonly from: string; readonly to: string }[]
}

export function imageOnly({ reference }: { readonly reference: string }): Placed {
  return { reference, folders: [], [Symbol.asyncDispose]: async () => undefined }
}

/** As Lambda lays out a Zip function: its code in /var/task, its layers over each other in /opt. */
export async function zipFunction(
  { runtime, code, layers }: Extract<Runnable, { code: Buffer }>,
  { runtimeImage }: { readonly runtimeImage?: (runtime: string) => Promise<string> },
): Promise<Placed> {
  if (runtimeImage === undefined) throw new Error('The stand-in was started without images for Zip functions')
  const root = await mkdtemp(join(tmpdir(), 'lambda-stand-in-zip-'))
  const remove = () => rm(root, { recursive: true, force: true })
  try {
    const [task, opt] = [join(root, 'task'), join(root, 'opt')]
    for (const [folder, zips] of [
      [task, [code]],
      [opt, layers],
    ] as const) {
      await mkdir(folder)
      await chmod(folder, 0o755)
      for (const zip of zips) await unpackZip(zip, folder)
    }
    const folders = [
      { from: task, to: '/var/task' },
      { from: opt, to: '/opt' },
    ]
    return { reference: await runtimeImage(runtime), folders, [Symbol.asyncDispose]: remove }
  } catch (error) {
    await remove()
    throw error
  }
}
