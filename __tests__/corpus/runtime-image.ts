import { labFolders } from '../../lab/folders.ts'
import type { StandInName } from '../../lab/images/stand-ins.ts'
import { up } from '../../lab/lab.ts'
import { run, succeeds } from '../../lab/process/command.ts'
import { readState } from '../../lab/state.ts'
import type { CorpusRuntime } from './install.ts'

export type RuntimeImage = { readonly reference: string; readonly id: string }

/** The image that stands for a runtime; the lab makes it when there is none. */
export async function runtimeImage(runtime: CorpusRuntime & { readonly image: StandInName }): Promise<RuntimeImage> {
  return await standInImage(runtime.image)
}

export async function standInImage(name: StandInName): Promise<RuntimeImage> {
  const reference = (await earlier(name)) ?? (await made(name))
  return { reference, id: (await run('docker', ['image', 'inspect', '--format', '{{.Id}}', reference])).trim() }
}

/** From an earlier run: a sweep need not wait until nobody else works on the lab. */
async function earlier(name: StandInName): Promise<string | undefined> {
  const reference = `127.0.0.1:${readState(labFolders()).ports['public-registry']}/${name}`
  return (await succeeds('docker', ['image', 'inspect', reference])) ? reference : undefined
}

async function made(name: StandInName): Promise<string> {
  const lab = await up({ images: [name] })
  return (await lab.images([name]))[name]
}
