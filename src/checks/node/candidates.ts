import { posix } from 'node:path'
import type { NodeScript, ScriptLoad } from '../../inspect/node/node-file.ts'
import { type Search, searchBindings, searchGypBuild, searchPkgPrebuilds, searchPreGyp } from './addon-searches.ts'
import type { NodeTree } from './node-tree.ts'
import { nameFit, packageFits } from './platform-name.ts'
import { inPackage, moduleFolders, packageFolderOf, resolveModule } from './resolve-module.ts'

/** One file that a load may mean; without `path` nothing is there. `name` is what a person would look for. */
export type Candidate = { readonly name: string; readonly path?: string }

/**
 * What a load means here: a module of JavaScript, native code (the candidates are tried; none may be there), or nothing
 * that concerns this platform or that anybody could tell.
 */
export type Meaning =
  | { readonly kind: 'module'; readonly path: string }
  | { readonly kind: 'native'; readonly candidates: readonly Candidate[] }
  | { readonly kind: 'missing' }
  | { readonly kind: 'none' }

const NONE: Meaning = { kind: 'none' }
const FOLDER = '<folder>'
const MOST_FOLDERS = 20
/** Where build tools put addons, which are named without their ending now and then. */
const BUILD_FOLDER = /\/(?:Release|Debug)\/[^/]+$/

export function meaningOf(tree: NodeTree, script: NodeScript, load: ScriptLoad): Meaning {
  if (load.architecture !== undefined && load.architecture !== tree.cpu && isProcessor(load.architecture)) return NONE
  const owner = packageFolderOf(tree, script.path)
  switch (load.kind) {
    case 'bindings':
      return load.argument.includes('*') || owner === undefined
        ? NONE
        : searched(searchBindings(tree, owner, load.argument))
    case 'node-gyp-build': {
      const folder = folderOf(script.path, load.argument) ?? owner
      return folder === undefined ? NONE : searched(searchGypBuild(tree, folder))
    }
    case 'node-pre-gyp':
      return owner === undefined ? NONE : searched(searchPreGyp(tree, owner, tree.packageAt(owner)))
    case 'pkg-prebuilds': {
      const folder = folderOf(script.path, load.argument) ?? owner
      return folder === undefined ? NONE : searched(searchPkgPrebuilds(tree, folder))
    }
    default:
      return named(tree, script, load)
  }
}

function isProcessor(name: string): boolean {
  return /^(?:x64|arm64|arm|ia32|ppc64|s390x|riscv64|loong64|mips\w*|other)$/.test(name)
}

function searched({ found, looked }: Search): Meaning {
  const name = found ?? looked[0] ?? ''
  return { kind: 'native', candidates: [found === undefined ? { name } : { name, path: found }] }
}

/** A folder that a script names from where it lies. */
function folderOf(script: string, argument: string): string | undefined {
  if (!argument.startsWith(FOLDER) || argument.includes('*')) return undefined
  return posix.join(posix.dirname(script), argument.slice(FOLDER.length))
}

function named(tree: NodeTree, script: NodeScript, load: ScriptLoad): Meaning {
  const way = load.kind === 'import' ? 'import' : 'require'
  const argument = filled(load.argument, tree, posix.dirname(script.path))
  if (/^[*./]*(?:\.node)?$/.test(argument.replace(/^\.{0,2}\//, '')) && argument.includes('*')) return NONE
  const tail = argument.split('/').slice(-2).join('/')
  if (nameFit(tail, tree) === 'elsewhere') return NONE
  if (argument.includes('*')) return pattern(tree, script, argument, way)
  if (argument.endsWith('.node')) {
    const found = resolveModule(tree, script.path, argument, way)
    const path = typeof found === 'object' ? found.path : undefined
    return { kind: 'native', candidates: [path === undefined ? { name: argument } : { name: argument, path }] }
  }
  const found = resolveModule(tree, script.path, argument, way)
  if (found === 'builtin' || found === 'unread') return NONE
  if (found === undefined) {
    const isNative = isBare(argument) ? nameFit(argument, tree) === 'here' : BUILD_FOLDER.test(argument)
    return isNative ? { kind: 'native', candidates: [{ name: argument }] } : { kind: 'missing' }
  }
  if (found.path.endsWith('.node')) return { kind: 'native', candidates: [{ name: argument, path: found.path }] }
  return { kind: 'module', path: found.path }
}

function isBare(argument: string): boolean {
  return !/^[./]/.test(argument)
}

function filled(argument: string, tree: NodeTree, folder: string): string {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: what the reader wrote for what it did not know
  return argument
    .replaceAll('${platform}', 'linux')
    .replaceAll('${arch}', tree.cpu)
    .replaceAll('${abi}', tree.abi === undefined ? '*' : String(tree.abi))
    .replace(/\$\{[^}]*\}/g, '*')
    .replace(FOLDER, folder)
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: -
}

/** Whatever is installed and matches; the platforms that names and package.json say must be this one. */
function pattern(tree: NodeTree, script: NodeScript, argument: string, way: 'require' | 'import'): Meaning {
  const isNative = /\.node$/.test(argument) || nameFit(argument, tree) === 'here' || /[-.@/]\*|\*[-.]/.test(argument)
  const folders = posix
    .dirname(argument)
    .split('/')
    .filter((part) => part.includes('*'))
  if (!isNative || argument.startsWith('*') || folders.some((part) => !/[a-z0-9]{3}/i.test(part))) return NONE
  const candidates = isBare(argument) ? installed(tree, script.path, argument, way) : files(tree, script.path, argument)
  return { kind: 'native', candidates: candidates.length > 0 ? candidates : [{ name: argument }] }
}

function installed(tree: NodeTree, from: string, argument: string, way: 'require' | 'import'): readonly Candidate[] {
  const [, name = argument, rest = ''] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(argument) ?? []
  const scope = name.startsWith('@') ? `${name.split('/')[0]}/` : ''
  if (scope.includes('*') || name === '*') return []
  const matcher = expression(name.slice(scope.length))
  return moduleFolders(tree, from, way).flatMap((folder) =>
    tree.namesIn(posix.join(folder, scope)).flatMap((one): Candidate[] => {
      const its = posix.join(folder, scope, one)
      const facts = tree.packageAt(tree.view.tree.resolve(its)?.path ?? its)
      if (!matcher.test(one) || facts === undefined || !packageFits(facts, tree) || nameFit(one, tree) === 'elsewhere')
        return []
      const found = rest.includes('*') ? undefined : inPackage(tree, its, rest, way)
      return typeof found === 'object' ? [{ name: `${scope}${one}${rest}`, path: found.path }] : []
    }),
  )
}

/** Folders may have unknown parts too; what names say of platforms is heeded in each. */
function files(tree: NodeTree, from: string, argument: string): readonly Candidate[] {
  const parts = posix.resolve(posix.dirname(from), argument).split('/').slice(1)
  const file = parts.pop() ?? ''
  let folders = ['']
  for (const part of parts) {
    folders = part.includes('*')
      ? folders
          .flatMap((folder) => matching(tree, folder, part).map((name) => `${folder}/${name}`))
          .slice(0, MOST_FOLDERS)
      : folders.map((folder) => `${folder}/${part}`)
  }
  const endings = /\.(?:node|[cm]?js)$/.test(file) ? [''] : ['', '.node', '.js']
  return folders.flatMap((folder) =>
    endings.flatMap((ending) =>
      matching(tree, folder, file + ending).flatMap((name): Candidate[] => {
        const found = tree.fileAt(posix.join(folder, name))
        return found === undefined ? [] : [{ name: found, path: found }]
      }),
    ),
  )
}

function matching(tree: NodeTree, folder: string, part: string): readonly string[] {
  const matcher = expression(part)
  return tree.namesIn(folder).filter((name) => matcher.test(name) && nameFit(name, tree) !== 'elsewhere')
}

function expression(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*')}$`)
}
