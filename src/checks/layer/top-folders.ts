import { posix } from 'node:path'
import type { Runtime } from '../../lambda/runtimes.ts'
import { LAYER_ROOT } from '../../layer/layer-paths.ts'
import type { Finding } from '../check.ts'
import { code, shellWord } from '../facts/wording.ts'
import { type Language, packagesIn } from './importable.ts'
import type { LayerTree } from './layer-tree.ts'
import { layoutFinding, treeHead } from './layout-finding.ts'
import { misplacedGems } from './ruby-folder.ts'

/** Every runtime's: PATH, LD_LIBRARY_PATH, external extensions. */
const COMMON = ['bin', 'lib', 'extensions']
const LANGUAGES: readonly Language[] = ['python', 'nodejs', 'java', 'ruby']
/** Where each language's packages belong. */
export const PLACES: Readonly<Record<Language, string>> = {
  python: 'python',
  nodejs: 'nodejs',
  java: 'java/lib',
  ruby: 'ruby/gems/<version>',
}

/** What lies directly in the layer and no compatible runtime looks at. */
export function topFolderFindings(tree: LayerTree, runtimes: readonly Runtime[]): readonly Finding[] {
  const families = new Set<string>(runtimes.map(({ family }) => family))
  const searches = (name: string): boolean => COMMON.includes(name) || families.has(name) || name === 'bootstrap'
  const names = tree.names(LAYER_ROOT)
  const searched = names.filter(searches)
  const who = runtimes.map(({ id }) => code(id)).join(', ')
  const ruby = runtimes.find(({ rubyApi }) => rubyApi !== undefined)
  const found = { tree, names, searched, families, who, ...(ruby && { ruby }) }
  const gems = gemsElsewhere(found)
  const finding =
    packed(found) ?? wrapped(found) ?? gems ?? lyingOpen(found) ?? ofAnotherRuntime(found) ?? ownPaths(found)
  return finding === undefined ? [] : [finding]
}

type Found = {
  readonly tree: LayerTree
  readonly names: readonly string[]
  readonly searched: readonly string[]
  readonly families: ReadonlySet<string>
  readonly who: string
  readonly ruby?: Runtime
}

function packed({ tree, names, searched }: Found): Finding | undefined {
  const inner = names.find((name) => name.endsWith('.zip') && !tree.isFolder(`${LAYER_ROOT}/${name}`))
  if (inner === undefined || searched.length > 0 || names.some((name) => tree.isFolder(`${LAYER_ROOT}/${name}`)))
    return undefined
  return layoutFinding({
    level: 'error',
    subject: `${LAYER_ROOT}/${inner}`,
    message: `The layer is a zip that holds a zip, ${code(inner)}: Lambda unpacks the outer one only`,
    expected: 'the folders of the runtime',
    actual: treeHead(LAYER_ROOT, tree),
    help: `Give the inner zip as \`layer-path\`, or its unpacked folder.\nunzip -q ${shellWord(inner)} -d layer`,
    examples: names.map((name) => `${LAYER_ROOT}/${name}`),
  })
}

/** Everything one folder too deep: the folder was packed, not its content. */
function wrapped({ tree, names, searched, families }: Found): Finding | undefined {
  const folders = names.filter((name) => tree.isFolder(`${LAYER_ROOT}/${name}`) && name !== '__MACOSX')
  const [folder] = folders
  if (folder === undefined || folders.length > 1 || searched.length > 0) return undefined
  const path = `${LAYER_ROOT}/${folder}`
  const inner = tree.names(path).filter((name) => tree.isFolder(`${path}/${name}`))
  const known = inner.filter((name) => LANGUAGES.some((language) => language === name && families.has(language)))
  const isRoot = folder === 'opt' && inner.some((name) => COMMON.includes(name))
  if (known.length === 0 && !isRoot) return undefined
  return layoutFinding({
    level: 'error',
    subject: path,
    message: `Everything in the layer lies one folder too deep, in ${code(`${folder}/`)}: no runtime looks into ${code(path)}`,
    expected: inner.map((name) => code(`${name}/`)).join(', '),
    actual: inner.map((name) => code(`${folder}/${name}/`)).join(', '),
    help: `Pack what is in the folder, not the folder itself; or give it as \`layer-path\`.\n(cd ${shellWord(folder)} && zip -qry ../layer.zip .)`,
    examples: inner.map((name) => `${path}/${name}`),
  })
}

/** `vendor/bundle/ruby/3.3.0`, as Bundler leaves it in a project. */
function gemsElsewhere({ tree, ruby }: Found): Finding | undefined {
  if (ruby === undefined || tree.isFolder(`${LAYER_ROOT}/ruby`)) return undefined
  return misplacedGems(LAYER_ROOT, tree, ruby)[0]
}

/** Packages that lie in the layer's root, where no path leads. */
function lyingOpen({ tree, names, families, who, ruby }: Found): Finding | undefined {
  for (const language of LANGUAGES) {
    if (!families.has(language)) continue
    const packages = packagesIn(LAYER_ROOT, language, tree)
    const inLibrary = language === 'python' ? pythonInLib(tree) : []
    const lost = packages.length > 0 ? packages : inLibrary
    if (lost.length === 0) continue
    // A program of its own (an exec wrapper, an agent) finds its files by itself.
    const isProgram = names.some((name) => isExecutable(name, tree)) || lost.every((name) => /agent/i.test(name))
    const elsewhere = tree.isFolder(`${LAYER_ROOT}/${language}`) || families.has('provided') || isProgram
    const inLib = packages.length === 0
    const own = PLACES[language].replace('<version>', ruby?.rubyApi ?? '<version>')
    const place = inLib ? 'python/lib' : own
    const named = lost.filter((name) => name !== 'vendor')
    const moved = inLib ? named.map((name) => posix.dirname(name)) : named
    return layoutFinding({
      level: elsewhere ? 'warning' : 'error',
      subject: `${LAYER_ROOT}/${lost[0]}`,
      message: `${lost.length === 1 ? code(`${lost[0]}`) : `${code(`${lost[0]}`)} and ${lost.length - 1} more`} ${lost.length === 1 ? 'lies' : 'lie'} in the root of the layer: ${who} ${families.size === 1 ? 'does' : 'do'} not look for ${WHAT[language]} there`,
      expected: code(`${own}/${named[0] ?? ''}`),
      actual: treeHead(LAYER_ROOT, tree),
      help: `Move ${moved.length === 1 ? 'it' : 'them'} to ${code(place)} and pack again.\nmkdir -p ${shellWord(place)} && mv ${moved.map(shellWord).join(' ')} ${shellWord(place)}/`,
      examples: lost.map((name) => `${LAYER_ROOT}/${name}`),
    })
  }
  return undefined
}

const WHAT: Readonly<Record<Language, string>> = {
  python: 'modules',
  nodejs: 'packages',
  java: 'jars',
  ruby: 'gems',
}

/** `lib/python3.12/site-packages` in the root, as `pip install --prefix layer` leaves it. */
function pythonInLib(tree: LayerTree): readonly string[] {
  const lib = `${LAYER_ROOT}/lib`
  return tree
    .names(lib)
    .filter((name) => /^python3\.\d+$/.test(name) && tree.names(`${lib}/${name}/site-packages`).length > 0)
    .map((name) => `lib/${name}/site-packages`)
}

function isExecutable(name: string, tree: LayerTree): boolean {
  const entry = tree.entry(`${LAYER_ROOT}/${name}`)
  return entry?.type === 'file' && (entry.mode & 0o111) !== 0 && !/\.(?:py|so|jar)$/.test(name)
}

/** `nodejs/` for Python functions. */
function ofAnotherRuntime({ tree, names, searched, families, who }: Found): Finding | undefined {
  const other = names.find((name) => LANGUAGES.some((language) => language === name) && !families.has(name))
  if (other === undefined || searched.length > 0) return undefined
  const own = [...families].map((family) => PLACES[family as Language]).find((place) => place !== undefined)
  return layoutFinding({
    level: families.has('provided') || families.has('dotnet') ? 'warning' : 'error',
    subject: `${LAYER_ROOT}/${other}`,
    message: `The layer holds ${code(`${other}/`)} only, and ${who} ${families.size === 1 ? 'does' : 'do'} not look there`,
    expected: code(`${own ?? 'lib'}/`),
    actual: treeHead(LAYER_ROOT, tree),
    help: `Set \`runtime\` to one that reads ${code(`${other}/`)}, or put the packages of this runtime into ${code(`${own ?? 'lib'}/`)}.`,
    examples: names.map((name) => `${LAYER_ROOT}/${name}`),
  })
}

/** Paths that only a function's own code or variables can name. */
function ownPaths({ tree, names, searched, who }: Found): Finding | undefined {
  if (searched.length > 0) return undefined
  return layoutFinding({
    level: 'warning',
    subject: LAYER_ROOT,
    message: `${who} ${who.includes(',') ? 'do' : 'does'} not look at anything in this layer by itself`,
    expected: 'a folder of the runtime, `bin/`, `lib/` or `extensions/`',
    actual: treeHead(LAYER_ROOT, tree),
    help: 'That works when the code of the function, or a variable such as PYTHONPATH or NODE_PATH, names the path; else move it to the folder of the runtime.',
    examples: names.map((name) => `${LAYER_ROOT}/${name}`),
  })
}
