import { labFolders } from '../../lab/folders.ts'
import { up } from '../../lab/lab.ts'
import { run, succeeds } from '../../lab/process/command.ts'
import { readState } from '../../lab/state.ts'
import type { CorpusRuntime } from './install.ts'

export type RuntimeImage = { readonly reference: string; readonly id: string }

/** The image that stands for a runtime; the lab makes it when there is none. */
export async function runtimeImage(runtime: CorpusRuntime): Promise<RuntimeImage> {
  const reference = (await earlier(runtime)) ?? (await made(runtime))
  return { reference, id: (await run('docker', ['image', 'inspect', '--format', '{{.Id}}', reference])).trim() }
}

/** From an earlier run: a sweep need not wait until nobody else works on the lab. */
async function earlier({ image }: CorpusRuntime): Promise<string | undefined> {
  const reference = `127.0.0.1:${readState(labFolders()).ports['public-registry']}/${image}`
  return (await succeeds('docker', ['image', 'inspect', reference])) ? reference : undefined
}

async function made({ image }: CorpusRuntime): Promise<string> {
  const lab = await up({ images: [image] })
  return (await lab.images([image]))[image]
}
