import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { labFolders } from '../../lab/folders.ts'
import type { StandInName } from '../../lab/images/stand-ins.ts'
import { up } from '../../lab/lab.ts'
import { run, succeeds } from '../../lab/process/command.ts'
import { readState } from '../../lab/state.ts'
import { corpusFolders } from './corpus-folders.ts'
import type { CorpusRuntime } from './install.ts'

/** `id`: hash of what it holds. The lab makes its images anew now and then; what was executed in one holds for the next. */
export type RuntimeImage = { readonly reference: string; readonly id: string }

/** The image that stands for a runtime; the lab makes it when there is none. */
export async function runtimeImage(runtime: CorpusRuntime & { readonly image: StandInName }): Promise<RuntimeImage> {
  return await standInImage(runtime.image)
}

export async function standInImage(name: StandInName): Promise<RuntimeImage> {
  const reference = (await earlier(name)) ?? (await made(name))
  return { reference, id: await contentOf(reference) }
}

const DECIDING = '/bin /sbin /lib /lib64 /usr /var/lang /var/runtime /etc/ld.so.conf /etc/ld.so.conf.d'
const HASH = `find -H ${DECIDING} -xdev -type f ! -name '*.pyc' -exec sha256sum {} + 2>/dev/null | sort | sha256sum`

/** Of the files that decide what a layer does; compiled Python and times differ with each build. */
async function contentOf(reference: string): Promise<string> {
  const image = (await run('docker', ['image', 'inspect', '--format', '{{.Id}}', reference])).trim()
  const file = join(corpusFolders().judged, 'runtimes', `${image.replace(/\W+/g, '-')}.content`)
  if (existsSync(file)) return readFileSync(file, 'utf8')
  const argv = ['run', '--rm', '--network', 'none', '--entrypoint', '/bin/sh', reference, '-c', HASH]
  const content = (await run('docker', argv)).slice(0, 32)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
  return content
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
