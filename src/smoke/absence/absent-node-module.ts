import { posix } from 'node:path'
import type { Subject } from '../../checks/check.ts'
import { keptOut } from '../../checks/facts/docker-ignore.ts'
import { isFile } from '../../checks/facts/image-tree.ts'
import type { RuntimeView } from '../../checks/facts/runtime-view.ts'
import { code, listed, shellWord } from '../../checks/facts/wording.ts'
import { nodeTree } from '../../checks/node/node-tree.ts'
import { moduleFolders } from '../../checks/node/resolve-module.ts'

/** `Cannot find module 'pg'`, or `Cannot find package 'pg' imported from …`, by what lies there under that name. */
export function absentNodeModule(said: string, subject: Subject, view: RuntimeView): string | undefined {
  const [, kind, name] = /Cannot find (module|package) '([^']+)'/.exec(said) ?? []
  if (kind === undefined || name === undefined || name.startsWith('node:')) return undefined
  const [, importer] = / imported from (?:file:\/\/)?(\/[^\s'"]+)/.exec(said) ?? []
  if (posix.isAbsolute(name)) return absentFile(name, importer !== undefined, subject, view)
  if (/^\.{1,2}\//.test(name)) {
    const [, from] = /Require stack:\s*(?:\\n)?- (\/[^\s"\\]+)/.exec(said) ?? []
    return from === undefined ? undefined : absentFile(posix.resolve(posix.dirname(from), name), false, subject, view)
  }
  const [packageName = name] = /^(?:@[^/]+\/)?[^/]+/.exec(name) ?? []
  const dangling = danglingLink(packageName, view)
  if (dangling !== undefined) return dangling
  const copies = placesOf(packageName, view)
  if (copies.length === 0) return nowhere(packageName, subject)
  return elsewhere(packageName, copies, importer, subject, view)
}

/** `node_modules` folders with a package of that name. */
function placesOf(name: string, { tree }: RuntimeView): readonly string[] {
  const ending = `/node_modules/${name}`
  return [...tree.entries.values()]
    .filter(({ path, type }) => path.endsWith(ending) && type !== 'file')
    .map(({ path }) => path.slice(0, path.length - name.length - 1))
}

/** A link of a workspace, or into a store, whose target was not copied. */
function danglingLink(name: string, { tree }: RuntimeView): string | undefined {
  const link = [...tree.entries.values()].find(
    ({ path, type }) =>
      type === 'symlink' && path.endsWith(`/node_modules/${name}`) && tree.resolve(path) === undefined,
  )
  return (
    link &&
    `${code(link.path)} is a link to ${code(link.link ?? '')}, which is not there: copy what it leads to, or install without links.`
  )
}

function nowhere(name: string, { plan }: Subject): string {
  const [where, run] = plan.kind === 'image' ? ['image', 'RUN '] : ['layer or its runtime', '']
  return `No node_modules of the ${where} has ${code(name)}: it is none of the ${code('dependencies')} of package.json (what stands under ${code('devDependencies')} is left out by --omit=dev), or the bundler was told that it is external.\n${run}npm install ${shellWord(name)}`
}

function elsewhere(
  name: string,
  copies: readonly string[],
  importer: string | undefined,
  { plan }: Subject,
  view: RuntimeView,
): string | undefined {
  const tree = nodeTree(view, plan.architecture)
  const global = copies.find((folder) => tree.globalFolders.includes(folder))
  // Node.js found that folder: what it lacks is a file of the package.
  if (importer !== undefined && moduleFolders(tree, importer, 'import').some((one) => copies.includes(one)))
    return undefined
  if (importer !== undefined && global !== undefined)
    return `${code(name)} lies in ${code(global)}, which only ${code('require')} searches (NODE_PATH); ${code('import')} looks in node_modules folders above ${code(importer)}. Take it with ${code('createRequire')}, bundle it, or install it beside the function's code.\nimport { createRequire } from 'node:module'\nconst it = createRequire(import.meta.url)('${name}')`
  const folders = listed(copies.map(code), 3)
  return `${code(name)} lies in ${folders}, which Node.js does not search from there: it looks in node_modules of the folders above who asks, and of NODE_PATH. Install it in the folder of the function's code.`
}

/** A file of the function's own: the name is nearly right, or nobody copied it. */
function absentFile(path: string, isImport: boolean, subject: Subject, view: RuntimeView): string {
  const { tree } = view
  const wanted = posix.basename(path)
  const names = tree.childrenOf(posix.dirname(path)).map((one) => posix.basename(one.path))
  const withEnding = ENDINGS.find((ending) => names.includes(wanted + ending))
  if (isImport && withEnding !== undefined)
    return `${code('import')} takes the names of files as they are: write ${code(wanted + withEnding)}, with its ending.`
  const index = ENDINGS.find((ending) => isFile(tree.resolve(`${path}/index${ending}`)))
  if (isImport && index !== undefined)
    return `${code('import')} opens no folders: write ${code(`${wanted}/index${index}`)}.`
  const source = SOURCES.map((ending) => withoutEnding(wanted) + ending).find((one) => names.includes(one))
  if (source !== undefined)
    return `Of ${code(wanted)} only the source ${code(source)} is there: compile it (tsc, esbuild), and copy what that writes.`
  const other = names.find((one) => withoutEnding(one).toLowerCase() === withoutEnding(wanted).toLowerCase())
  if (other !== undefined && withoutEnding(other) !== withoutEnding(wanted))
    return `The file is called ${code(other)}, and Linux tells capitals from small letters: write the name as the file has it.`
  const kept = keptOut([path, ...ENDINGS.map((ending) => path + ending)], subject, view)
  if (kept !== undefined) return `${code(path)} is not there. ${kept}`
  return `${code(path)} is not there: COPY it, and see that .dockerignore does not leave it out.`
}

function withoutEnding(name: string): string {
  return name.replace(/\.(?:[cm]?[jt]sx?|json)$/, '')
}

const ENDINGS = ['.js', '.mjs', '.cjs', '.json']
const SOURCES = ['.ts', '.mts', '.cts', '.tsx']
