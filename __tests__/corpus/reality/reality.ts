import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
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
  /** `fails`: an import does not work, or nothing can be done with the package. `lazy`: one part of it does not work. */
  readonly verdict: 'works' | 'fails' | 'lazy'
  /** By module: those asked for, `use:` statements, then everything else at the top of the layer. */
  readonly modules: Readonly<Record<string, ModuleResult>>
  /** By package that was asked for: modules right below it that were imported one by one, and how many of them failed. */
  readonly partsOf?: Readonly<Record<string, Parts>>
}

export type Parts = { readonly tried: number; readonly failed: number }

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
  if (reality.key !== realityKey(prepared, imageId)) return undefined
  return { ...reality, verdict: verdict(prepared.install, reality.modules) }
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
  const outcomes = await probe(folders, image, wanted, run)
  for (const prepared of wanted) {
    const modules = outcomes.get(prepared.install.id) ?? {}
    const key = realityKey(prepared, image.id)
    const reality: Reality = { key, verdict: verdict(prepared.install, modules), modules }
    writeFileSync(realityFile(folders, prepared.install), `${JSON.stringify(reality, undefined, 1)}\n`)
    results.set(prepared.install.id, reality)
  }
  return results
}

/** What happens now, whatever is known, and nothing is kept. */
export async function executeOnce(
  folders: CorpusFolders,
  image: { readonly reference: string },
  { install }: Prepared,
): Promise<Pick<Reality, 'verdict' | 'modules'>> {
  const modules = (await probe(folders, image, [{ install }])).get(install.id) ?? {}
  return { verdict: verdict(install, modules), modules }
}

async function probe(
  folders: CorpusFolders,
  image: { readonly reference: string },
  wanted: readonly Pick<Prepared, 'install'>[],
  run: Run = together,
): Promise<ReadonlyMap<string, Reality['modules']>> {
  const probings = wanted.map(({ install }) => ({ install, argv: [String(SECONDS), ...names(install)] }))
  const answers = await run(folders, image.reference, probings)
  return new Map([...answers].map(([id, answer]) => [id, JSON.parse(answer) as Reality['modules']]))
}

/** Tries the parts of packages, by which an error about one of them is judged; kept with what happened. */
export async function withParts(
  folders: CorpusFolders,
  image: { readonly reference: string },
  reality: Reality,
  { install }: Prepared,
): Promise<Reality> {
  if (reality.partsOf !== undefined || install.choice.tool !== 'pip') return reality
  const parts = install.package.modules.map((module) => ({ module, names: partNames(folders, install, module) }))
  const argv = [String(SECONDS), ...parts.flatMap(({ names: wanted }) => wanted)]
  const answers = await together(folders, image.reference, [{ install, argv }])
  const results = JSON.parse(answers.get(install.id) ?? '{}') as Reality['modules']
  const partsOf = Object.fromEntries(
    parts.map(({ module, names: wanted }) => {
      const failed = wanted.filter((name) => results[name]?.ok !== true).length
      return [module, { tried: wanted.length, failed }]
    }),
  )
  const known = { ...reality, partsOf }
  writeFileSync(realityFile(folders, install), `${JSON.stringify(known, undefined, 1)}\n`)
  return known
}

/** Public modules right below a package. */
function partNames(folders: CorpusFolders, install: Install, module: string): readonly string[] {
  const folder = join(installFolder(folders, install), 'layer/python', ...module.split('.'))
  if (!existsSync(folder)) return []
  const found = readdirSync(folder)
    .filter((entry) => /\.(?:py|so|pyd)$/.test(entry) || existsSync(join(folder, entry, '__init__.py')))
    .map((entry) => entry.split('.', 1).join())
  return [...new Set(found)].filter((name) => !/^_|^tests?$|^conftest$/.test(name)).map((name) => `${module}.${name}`)
}

function names({ package: { modules, used, part } }: Install): readonly string[] {
  return [...modules, ...[used, part].flatMap((statement) => (statement === undefined ? [] : [`use:${statement}`]))]
}

function verdict(install: Install, modules: Reality['modules']): Reality['verdict'] {
  const works = (name: string) => modules[name]?.ok === true
  const { used, part } = install.package
  if (!install.package.modules.every(works) || (used !== undefined && !works(`use:${used}`))) return 'fails'
  return part === undefined || works(`use:${part}`) ? 'works' : 'lazy'
}

function realityKey({ key, install }: Prepared, imageId: string): string {
  const hash = createHash('sha256').update(JSON.stringify([key, imageId, SECONDS, names(install)]))
  for (const file of PROBES[install.choice.tool]) hash.update(readFileSync(join(PROBE, file)))
  return hash.digest('hex').slice(0, 16)
}

function realityFile(folders: CorpusFolders, install: Install): string {
  return join(installFolder(folders, install), 'reality.json')
}
