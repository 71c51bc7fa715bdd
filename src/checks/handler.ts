import { posix } from 'node:path'
import type { Evidence } from '../inspect/evidence.ts'
import type { Runtime } from '../lambda/runtimes.ts'
import type { Check, Finding, Subject } from './check.ts'
import { keptOut } from './facts/docker-ignore.ts'
import { MAX_EXAMPLES } from './facts/examples.ts'
import { handlerArgument } from './facts/handler-argument.ts'
import { HANDLER_FILES, type HandlerFiles } from './facts/handler-files.ts'
import { type ImageTree, imageTree, isFile } from './facts/image-tree.ts'
import { runtimeViews } from './facts/runtime-view.ts'
import { code } from './facts/wording.ts'
import { handlerClass } from './java/handler-class.ts'

const ID = 'handler'

export const handler: Check = {
  id: ID,
  title: 'The file that the handler names exists',
  appliesTo: ({ kind }) => kind === 'image',
  run(subject) {
    const argument = handlerArgument(subject)
    if (argument === undefined) return { findings: [] }
    if ('unknown' in argument) return { findings: [], notChecked: argument.unknown }
    if (argument.handler === undefined) return { findings: [noHandler(argument.family)] }
    const { family } = argument
    const resolve = HANDLER_FILES[family]
    // An OS-only image hands the word to its bootstrap, which may do with it what it likes.
    if (family === 'provided') return { findings: [] }
    const folder = subject.artifact.image?.workingDirectory || '/'
    if (family === 'java') return handlerClass(argument.handler, folder, subject.artifact)
    if (resolve === undefined)
      return { findings: [], notChecked: `handlers of ${family} are class names; classes are not read` }
    const files = resolve(argument.handler, folder)
    if (files === undefined) return { findings: [noFunction(argument.handler)] }
    if (exists(files, family, subject.artifact)) return { findings: [] }
    return { findings: [notFound(argument.handler, files, folder, subject)] }
  },
}

/** A module may also lie where its language looks for packages. */
function exists({ module, tried }: HandlerFiles, family: Runtime['family'], artifact: Evidence): boolean {
  const tree = imageTree(artifact)
  if (tried.some((path) => isFile(tree.resolve(path)))) return true
  const name = module.slice((artifact.image?.workingDirectory || '/').length).replace(/^\//, '')
  if (family === 'python') return importable(name, module, artifact)
  if (family !== 'nodejs') return false
  // require() also takes folders with a package.json, and packages.
  const folder = artifact.image?.workingDirectory || '/'
  return [module, posix.join(folder, 'node_modules', name), posix.join('/opt/nodejs/node_modules', name)].some((path) =>
    isFile(tree.resolve(`${path}/package.json`)),
  )
}

/** Packages lie in PYTHONPATH, layers' folders and site-packages; extension modules carry a tag in their names. */
function importable(name: string, module: string, artifact: Evidence): boolean {
  const { childrenOf, sought } = imageTree(artifact)
  const configured = artifact.image?.environment.PYTHONPATH ?? ''
  const installed = sought('packageFolders').map(({ path }) => path)
  const search = ['/opt/python', '/var/runtime', ...configured.split(':').filter((folder) => folder.startsWith('/'))]
  const places = [module, ...[...search, ...installed].map((folder) => posix.join(folder, name))]
  return places.some((place) =>
    [...childrenOf(posix.dirname(place)), ...childrenOf(place)].some(
      ({ path }) => path.startsWith(place) && MODULE.test(path.slice(place.length)),
    ),
  )
}

const MODULE = /^(?:\/__init__)?(?:\.py|\.pyc|\.[\w-]+\.so|\.so)$/

function noHandler(family: Runtime['family']): Finding {
  return {
    ...error('CMD', 'The runtime interface client is started without a handler'),
    expected: 'the handler as the argument after the client',
    actual: 'no argument',
    help: `Set CMD to the handler, in the exec form.\nCMD ["${family === 'python' ? 'app.handler' : 'index.handler'}"]`,
  }
}

function noFunction(name: string): Finding {
  return {
    ...error('CMD', `${code(name)} names no function: a handler is a file and a function, joined by a dot`),
    expected: '`file.function`',
    actual: code(name),
    help: 'Set CMD to file and function, in the exec form.\nCMD ["index.handler"]',
  }
}

function notFound(name: string, { module, tried }: HandlerFiles, folder: string, subject: Subject): Finding {
  const { artifact } = subject
  const [view] = runtimeViews(subject)
  const kept = view === undefined ? undefined : keptOut(tried, subject, view)
  const near = elsewhere(module, tried, artifact)
  const [path] = near
  const suggestion = path === undefined ? undefined : suggested(name, path, folder)
  const finding = {
    ...error(
      'CMD',
      `The handler ${code(name)} is in no file of the image: ${code(tried[0] ?? module)} and its variants do not exist`,
    ),
    expected: `one of ${tried.map(code).join(', ')}`,
    actual: path === undefined ? 'no such file' : `a file of that name at ${code(path)}`,
    help:
      suggestion === undefined
        ? (kept ?? `Copy the file to ${code(folder)} (WORKDIR), or correct CMD.\nCOPY . ${folder}`)
        : `Correct CMD, or copy the file to ${code(folder)} (WORKDIR).\nCMD ["${suggestion}"]`,
    examples: near.slice(0, MAX_EXAMPLES),
  }
  // AWS's own clients look in LAMBDA_TASK_ROOT where it differs from WORKDIR; the smoke tells which of the two.
  const root = artifact.image?.environment.LAMBDA_TASK_ROOT
  const inRoot = root !== undefined && root !== folder && near.some((one) => posix.dirname(one) === root)
  return inRoot ? { ...finding, level: 'warning', confidence: 'heuristic' } : finding
}

/** Files of the handler's name in other folders of the function. */
function elsewhere(module: string, tried: readonly string[], artifact: Evidence): readonly string[] {
  const root = artifact.image?.environment.LAMBDA_TASK_ROOT ?? '/var/task'
  const folder = artifact.image?.workingDirectory || '/'
  const names = new Set(
    tried.filter((path) => posix.dirname(path) === posix.dirname(module)).map((path) => posix.basename(path)),
  )
  const tree = imageTree(artifact)
  const roots = new Set(folder === '/' ? [root] : [root, folder])
  return [...new Set([...roots].flatMap((one) => filesBelow(one, tree)))]
    .filter((path) => names.has(posix.basename(path)))
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
}

/** Without installed packages, which no handler is a part of. */
function filesBelow(folder: string, { childrenOf }: ImageTree): readonly string[] {
  const queue = [folder]
  const found: string[] = []
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const entry of childrenOf(next)) {
      const { type, path } = entry
      if (type === 'directory' && !path.endsWith('/node_modules')) queue.push(path)
      else if (isFile(entry)) found.push(path)
    }
  }
  return found
}

function suggested(name: string, path: string, folder: string): string | undefined {
  const relative = posix.relative(folder, path)
  if (relative.startsWith('..')) return undefined
  const stem = relative.replace(/\.[^./]+$/, '')
  return `${stem}.${name.slice(name.indexOf('.', name.lastIndexOf('/') + 1) + 1)}`
}

function error(subject: string, message: string) {
  return {
    rule: ID,
    level: 'error',
    confidence: 'proven',
    subject,
    message,
    count: 1,
    examples: [] as readonly string[],
  } as const
}
