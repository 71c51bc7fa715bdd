import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type CorpusFolders, installFolder } from '../corpus-folders.ts'
import type { Install } from '../install.ts'
import type { Prepared } from '../prepare/prepared.ts'
import { type Run, together } from './containers.ts'

export type ModuleResult = { readonly ok: true } | { readonly ok?: never; readonly type: string; readonly text: string }

/** What happened when the runtime's interpreter was told to load the modules of a layer. */
export type Reality = {
  readonly key: string
  /** `lazy`: the import works, the use of it that needs native code does not. */
  readonly verdict: 'works' | 'fails' | 'lazy'
  /** By module: those asked for, `use:` statements, then everything else at the top of the layer. */
  readonly modules: Readonly<Record<string, ModuleResult>>
}

const SECONDS = 60
const PROBE = fileURLToPath(new URL('.', import.meta.url))
const PROBES = {
  pip: ['drive.sh', 'probe.py'],
  npm: ['drive.sh', 'probe.cjs'],
  compiler: ['program.cjs'],
  mvn: ['on-this-machine.ts'],
} as const

/** What earlier runs found out, when nothing that decides it has changed. */
export function readReality(folders: CorpusFolders, prepared: Prepared, imageId: string): Reality | undefined {
  const file = realityFile(folders, prepared.install)
  if (!existsSync(file)) return undefined
  const reality = JSON.parse(readFileSync(file, 'utf8')) as Reality
  return reality.key === realityKey(prepared, imageId) ? reality : undefined
}

/** Executes installs of one runtime that were not executed before; results are kept. */
export async function execute(
  folders: CorpusFolders,
  image: { readonly reference: string; readonly id: string },
  installs: readonly Prepared[],
  run: Run = together,
): Promise<ReadonlyMap<string, Reality>> {
  const results = new Map<string, Reality>()
  const wanted: Prepared[] = []
  for (const prepared of installs) {
    if (prepared.impossible !== undefined || prepared.sameAs !== undefined) continue
    const known = readReality(folders, prepared, image.id)
    if (known === undefined) wanted.push(prepared)
    else results.set(prepared.install.id, known)
  }
  if (wanted.length === 0) return results
  const probings = wanted.map(({ install }) => ({ install, argv: [String(SECONDS), ...names(install)] }))
  const answers = await run(folders, image.reference, probings)
  for (const prepared of wanted) {
    const modules = JSON.parse(answers.get(prepared.install.id) ?? '{}') as Reality['modules']
    const reality = { key: realityKey(prepared, image.id), verdict: verdict(prepared.install, modules), modules }
    writeFileSync(realityFile(folders, prepared.install), `${JSON.stringify(reality, undefined, 1)}\n`)
    results.set(prepared.install.id, reality)
  }
  return results
}

function names({ package: { modules, use } }: Install): readonly string[] {
  return use === undefined ? modules : [...modules, `use:${use}`]
}

function verdict(install: Install, modules: Reality['modules']): Reality['verdict'] {
  if (!install.package.modules.every((name) => modules[name]?.ok)) return 'fails'
  return names(install).every((name) => modules[name]?.ok) ? 'works' : 'lazy'
}

function realityKey({ key, install }: Prepared, imageId: string): string {
  const hash = createHash('sha256').update(JSON.stringify([key, imageId, SECONDS, names(install)]))
  for (const file of PROBES[install.choice.tool]) hash.update(readFileSync(join(PROBE, file)))
  return hash.digest('hex').slice(0, 16)
}

function realityFile(folders: CorpusFolders, install: Install): string {
  return join(installFolder(folders, install), 'reality.json')
}
