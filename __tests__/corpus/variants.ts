import { createHash } from 'node:crypto'
import type { CorpusRuntime, Damage, Install, NpmChoice, PythonChoice, RuntimeName } from './install.ts'
import { type CorpusPackage, RUNTIMES } from './install.ts'

type Variant<Choice> = { readonly name: string; readonly choice: Choice; readonly damage?: Damage }

/** What fits a runtime of Python, and the other versions that people install for, the second without metadata too. */
const PYTHONS = {
  'python3.13': { python: '3.13', platform: 'x86_64-manylinux_2_40', others: ['3.11', '3.12', '3.14'] },
  'python3.11': { python: '3.11', platform: 'x86_64-manylinux_2_36', others: ['3.10', '3.12', '3.13', '3.9'] },
  'python3.9': { python: '3.9', platform: 'x86_64-manylinux_2_31', others: ['3.11', '3.12', '3.8'] },
} as const
type PythonName = keyof typeof PYTHONS

const isPython = (name: RuntimeName): name is PythonName => Object.hasOwn(PYTHONS, name)

/** Wheels for another interpreter, system or processor, as a mistaken `--platform` or another machine gives them. */
function pythonVariants(name: PythonName): readonly Variant<PythonChoice>[] {
  const { python, platform, others } = PYTHONS[name]
  const right = { python, platform }
  return [
    { name: 'right', choice: right },
    ...others.map((other) => ({ name: `py${other}`, choice: { python: other, platform } })),
    { name: 'musl', choice: { python, platform: 'x86_64-unknown-linux-musl' } },
    { name: 'arm64', choice: { python, platform: 'aarch64-manylinux_2_36' } },
    { name: 'mac-arm64', choice: { python, platform: 'aarch64-apple-darwin' } },
    { name: 'mac-x86', choice: { python, platform: 'x86_64-apple-darwin' } },
    { name: 'windows', choice: { python, platform: 'x86_64-pc-windows-msvc' } },
    { name: 'newest', choice: { python, platform: 'x86_64-manylinux_2_40' } },
    { name: 'manylinux2014', choice: { python, platform: 'x86_64-manylinux2014' } },
    { name: 'android', choice: { python: '3.13', platform: 'x86_64-linux-android' } },
    ...[...DAMAGES, ...PYTHON_DAMAGES].map((damage) => ({ name: damage, choice: right, damage })),
    {
      name: `py${others[1]}-metadata-deleted`,
      choice: { python: others[1], platform },
      damage: 'metadata-deleted',
    },
  ]
}

const DAMAGES: readonly Damage[] = [
  'private-libraries-deleted',
  'native-files-deleted',
  'largest-deleted',
  'largest-halved',
  'largest-emptied',
  'largest-git-lfs',
  'largest-zeroed',
  'smallest-deleted',
]

const PYTHON_DAMAGES: readonly Damage[] = ['requirement-deleted', 'metadata-deleted']

const LINUX = { os: 'linux', cpu: 'x64', libc: 'glibc' } as const
const NPM_VARIANTS: readonly Variant<NpmChoice>[] = [
  { name: 'right', choice: LINUX },
  { name: 'musl', choice: { os: 'linux', cpu: 'x64', libc: 'musl' } },
  { name: 'arm64', choice: { os: 'linux', cpu: 'arm64', libc: 'glibc' } },
  { name: 'mac-arm64', choice: { os: 'darwin', cpu: 'arm64' } },
  { name: 'mac-x64', choice: { os: 'darwin', cpu: 'x64' } },
  { name: 'windows', choice: { os: 'win32', cpu: 'x64' } },
  { name: 'no-optional', choice: { ...LINUX, optional: false } },
  ...[...DAMAGES, 'prebuilds-pruned' as const]
    .filter((damage) => damage !== 'private-libraries-deleted')
    .map((damage) => ({ name: damage, choice: LINUX, damage })),
]

const PRIVATE: readonly Damage[] = ['private-modes', 'private-addons', 'private-license']
const SHAPES: readonly Variant<NpmChoice>[] = [
  ...[...PRIVATE, 'in-node22' as const, 'in-node20' as const].map((damage) => ({
    name: damage,
    choice: LINUX,
    damage,
  })),
  { name: 'pnpm', choice: { ...LINUX, by: 'pnpm' } },
  { name: 'pnpm-mac-arm64', choice: { os: 'darwin', cpu: 'arm64', by: 'pnpm' } },
  { name: 'pnpm-no-optional', choice: { ...LINUX, by: 'pnpm', optional: false } },
]

/** Name of a package's folder: `psycopg[binary]` -> `psycopg-binary`. */
export function folderName({ requirement, overrides, before }: CorpusPackage): string {
  const words = [
    requirement,
    ...(overrides === undefined ? [] : ['with', overrides]),
    ...(before === undefined ? [] : [before.and, before.requirement]),
  ]
  return words
    .join(' ')
    .replace(/[^\w.@+-]+/g, '-')
    .replace(/^-|-$/g, '')
}

/** Every variant of a package in a runtime. */
export function installsOf(wanted: CorpusPackage, runtime: RuntimeName): readonly Install[] {
  const row: CorpusRuntime = RUNTIMES[runtime]
  const make = (variant: Variant<unknown>, choice: Install['choice']): Install => ({
    id: `${row.name}/${folderName(wanted)}/${variant.name}`,
    runtime: row,
    package: wanted,
    variant: variant.name,
    choice,
    ...(variant.damage === undefined ? {} : { damage: variant.damage }),
  })
  if (isPython(runtime)) return pythonVariants(runtime).map((one) => make(one, { tool: 'pip', ...one.choice }))
  return NPM_VARIANTS.map((one) => make(one, { tool: 'npm', ...one.choice }))
}

// Ways that npm packages come to be installed wrongly, or unusually, beside those of every sweep.
const LIKELY_NPM: readonly Variant<NpmChoice>[] = [
  ...(
    [
      'addons-excluded',
      'documents-excluded',
      'sources-excluded',
      'build-excluded',
      'platform-packages-deleted',
      'dependency-deleted',
      'script-deleted',
    ] as const
  ).map((damage) => ({ name: damage, choice: LINUX, damage })),
  { name: 'nested', choice: { ...LINUX, nested: true } },
  { name: 'nested-mac-arm64', choice: { os: 'darwin', cpu: 'arm64', nested: true } },
  { name: 'pnpm', choice: { ...LINUX, by: 'pnpm' } },
  { name: 'pnpm-mac-arm64', choice: { os: 'darwin', cpu: 'arm64', by: 'pnpm' } },
]

/** The good install of npm packages and `count` of the other ways that people install, drawn by a hash. */
function likelyNpm(wanted: CorpusPackage, runtime: RuntimeName, count: number): readonly Install[] {
  const all = installsOf(wanted, runtime)
  const [right] = all
  if (right === undefined) return []
  const more = LIKELY_NPM.map(
    ({ name, choice, damage }): Install => ({
      ...right,
      id: right.id.replace(/[^/]+$/, name),
      variant: name,
      choice: { tool: 'npm', ...choice },
      ...(damage === undefined ? {} : { damage }),
    }),
  )
  const likely = all.slice(1).filter(({ variant }) => !UNLIKELY.includes(variant))
  return drawn([right, ...likely, ...more], count)
}

/**
 * The good install of Python packages, without what they require, and `count` of the other ways that people install wrongly,
 * drawn by a hash.
 */
export function likelyOf(wanted: CorpusPackage, runtime: RuntimeName, count: number): readonly Install[] {
  if (runtime.startsWith('nodejs')) return likelyNpm(wanted, runtime, count)
  const all = installsOf(wanted, runtime)
  const [right, ...others] = all
  if (right === undefined) return []
  const damaged = (damage: Damage): Install => ({
    ...right,
    id: right.id.replace(/[^/]+$/, damage),
    variant: damage,
    damage,
  })
  const likely = others.filter(({ variant }) => !UNLIKELY.includes(variant))
  return [...drawn([right, ...likely, damaged('uncompiled')], count), damaged('no-deps')]
}

/** The good install of Python packages, and `count` of the wrong ways that people produce, drawn by a hash. */
export function wrongOf(wanted: CorpusPackage, runtime: RuntimeName, count: number): readonly Install[] {
  const [right, ...others] = installsOf(wanted, runtime)
  if (right === undefined || right.choice.tool !== 'pip') return []
  const { choice } = right
  const same = (variant: string) => ({ ...right, id: right.id.replace(/[^/]+$/, variant), variant })
  const damaged = WRONG_DAMAGES.map((damage): Install => ({ ...same(damage), damage }))
  const older: Install = { ...same('py3.8'), choice: { ...choice, python: '3.8' } }
  const likely = others.filter(({ variant }) => !UNLIKELY.includes(variant) && variant !== older.variant)
  return drawn([right, ...likely, older, ...damaged], count)
}

const WRONG_DAMAGES: readonly Damage[] = ['no-deps', 'uncompiled', 'tests-deleted', 'bytecode-only', 'stripped']
const UNLIKELY = ['newest', 'manylinux2014', 'android', 'largest-emptied', 'largest-zeroed', 'smallest-deleted']

/** The good install of npm packages, and the same in the shapes that other tools and habits give a layer. */
export function shapesOf(wanted: CorpusPackage, runtime: RuntimeName): readonly Install[] {
  const row: CorpusRuntime = RUNTIMES[runtime]
  const shaped = SHAPES.map(
    ({ name, choice, damage }): Install => ({
      id: `${row.name}/${folderName(wanted)}/${name}`,
      runtime: row,
      package: wanted,
      variant: name,
      choice: { tool: 'npm', ...choice },
      ...(damage === undefined ? {} : { damage }),
    }),
  )
  return [...installsOf(wanted, runtime).slice(0, 1), ...shaped]
}

/** The good install, and the same after JavaScript got lost. */
export function lostOf(wanted: CorpusPackage, runtime: RuntimeName): readonly Install[] {
  const [right] = installsOf(wanted, runtime)
  if (right === undefined) return []
  const lost = (['dependency-deleted', 'entry-deleted', 'script-deleted'] as const).map(
    (damage): Install => ({
      ...right,
      id: `${right.runtime.name}/${folderName(wanted)}/${damage}`,
      variant: damage,
      damage,
    }),
  )
  return [right, ...lost]
}

/** The install without scripts, and the same compiled by each release of Node.js. */
export function compiledOf(wanted: CorpusPackage, runtime: RuntimeName): readonly Install[] {
  const [right] = installsOf(wanted, runtime)
  if (right === undefined) return []
  const compiled = (['20', '22', '24'] as const).map((compiledBy): Install => {
    const variant = `compiled-by-${compiledBy}`
    return {
      ...right,
      id: `${right.runtime.name}/${folderName(wanted)}/${variant}`,
      variant,
      choice: { tool: 'npm', ...LINUX, compiledBy },
    }
  })
  return [right, ...compiled]
}

/** The good install and `count` of the others, drawn by a hash of the package and the variant: the same for each Node.js. */
export function drawn(installs: readonly Install[], count: number): readonly Install[] {
  const lot = ({ id }: Install): string =>
    createHash('sha256')
      .update(id.replace(/^nodejs\d+\.x(?=\/)/, 'nodejs22.x'))
      .digest('hex')
  const [right, ...others] = installs
  if (right === undefined) return []
  return [right, ...others.toSorted((a, b) => (lot(a) < lot(b) ? -1 : 1)).slice(0, count)]
}
