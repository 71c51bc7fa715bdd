import { posix } from 'node:path'
import type { Subject } from '../../checks/check.ts'
import { codeFolders } from '../../checks/facts/code-folders.ts'
import { keptOut } from '../../checks/facts/docker-ignore.ts'
import { isFile } from '../../checks/facts/image-tree.ts'
import type { RuntimeView } from '../../checks/facts/runtime-view.ts'
import { code, listed, shellWord } from '../../checks/facts/wording.ts'
import { distributionOf } from '../../checks/python/distribution-names.ts'
import { type Interpreter, pythonInterpreter } from '../../checks/python/interpreter.ts'
import { withoutSuffix } from '../../checks/python/module-name.ts'
import { installPython } from '../../checks/python/pip-install.ts'

/** `No module named 'numpy.core'`, by what lies in the image, or in the runtime with the layer, under that name. */
export function absentPythonModule(said: string, subject: Subject, view: RuntimeView): string | undefined {
  const [, name] = /No module named '?([\w.]+)'?/.exec(said) ?? []
  const interpreter = pythonInterpreter(view, subject.plan.architecture)
  if (name === undefined || interpreter === undefined || isHandler(name, said)) return undefined
  const [top = name] = name.split('.', 1)
  const copies = placesOf(top, view)
  const taken = interpreter.path.find((folder) => copies.includes(folder))
  const install = installPython(shellWord(distributionOf(top)), subject, view)
  if (taken === undefined)
    return copies.length === 0
      ? nowhere(top, subject, install, view)
      : elsewhere(top, copies, install, subject, interpreter, view)
  const below = name.replaceAll('.', '/')
  // It is there, and not for this Python.
  if (name === top || holds(posix.join(taken, below), view)) return undefined
  const whole = copies.find((folder) => folder !== taken && holds(posix.join(folder, below), view))
  return whole === undefined ? incomplete(name, taken, install) : hidden(name, taken, whole)
}

/** The file that CMD names is not there: nobody would install that. */
function isHandler(name: string, said: string): boolean {
  const [, handler] = /Unable to import module '([^']+)'/.exec(said) ?? []
  return handler !== undefined && `${handler.replaceAll('/', '.')}.`.startsWith(`${name}.`)
}

/** Folders with a module or package of that name, whoever looks there. */
function placesOf(name: string, { tree }: RuntimeView): readonly string[] {
  const found = new Set<string>()
  for (const { path, type } of tree.entries.values()) {
    const base = path.slice(path.lastIndexOf('/') + 1)
    const isModule = base === name ? type === 'directory' : isOneOf(base, name) && type !== 'directory'
    // The documentation and the sources of Debian's packages bear their names as well.
    if (isModule && !/^\/(?:usr\/share|proc|sys|var\/cache)\//.test(path)) found.add(posix.dirname(path))
  }
  const folders = [...found].filter((folder) => holds(posix.join(folder, name), { tree }))
  // A module of another package bears that name too: `requests.packages`.
  return folders.filter((folder) => !isFile(tree.resolve(`${folder}/__init__.py`)))
}

function isOneOf(base: string, name: string): boolean {
  return base.startsWith(`${name}.`) && withoutSuffix(base) === name && /\.(?:py|pyc|so)$/.test(base)
}

function holds(path: string, { tree }: Pick<RuntimeView, 'tree'>): boolean {
  const name = posix.basename(path)
  const isPackage = tree.childrenOf(path).some((one) => /\.(?:py|pyc|so)$/.test(one.path))
  return isPackage || tree.childrenOf(posix.dirname(path)).some((one) => isOneOf(posix.basename(one.path), name))
}

function nowhere(top: string, subject: Subject, install: string, view: RuntimeView): string {
  const { plan } = subject
  const kept = keptOut(
    codeFolders(view).flatMap((folder) => [`${folder}/${top}.py`, `${folder}/${top}/__init__.py`]),
    subject,
    view,
  )
  if (kept !== undefined) return `No file of the image is a module ${code(top)}. ${kept}`
  const [where, own] =
    plan.kind === 'image'
      ? ['image', 'COPY it to /var/task, and see that .dockerignore does not leave it out']
      : ['layer or its runtime', 'it belongs to the function, or into the layer beside who imports it']
  return `No file of the ${where} is a module ${code(top)}. When it is a package, add it to what is installed; when it is code of your own, ${own}.\n${install}`
}

function elsewhere(
  top: string,
  copies: readonly string[],
  install: string,
  subject: Subject,
  interpreter: Interpreter,
  view: RuntimeView,
): string {
  const folders = listed(copies.map(code), 3)
  const own = copies.find((folder) => isOwnCode(folder, view))
  if (own !== undefined) {
    const from = posix.relative(codeRoot(own, view) ?? '/', own).replaceAll('/', '.')
    return `${code(top)} lies in ${folders}, where Python does not look: import it as ${code(`${from}.${top}`)}, or add the folder to PYTHONPATH.\n${environmentLine(own, view)}`
  }
  const isHome = copies.every((folder) => /^\/(?:root|home\/[^/]+)\//.test(folder))
  const other = copies.map((folder) => /\/python(3\.\d+)\//.exec(folder)?.[1]).find((one) => one !== undefined)
  // All of it is for the function's Python (a virtual environment that was copied).
  if (!isHome && copies[0] !== undefined && other === interpreter.version && subject.plan.kind === 'image')
    return `${code(top)} lies in ${folders}, where the function's Python does not look: copy what lies there to where it does.\n${copying(copies[0], subject, codeFolders(view)[0])}`
  const version = other === undefined ? '' : ` of Python ${other}`
  const why = isHome
    ? ", the folder of the user who installed it (pip install --user), and not of Lambda's"
    : `${version}, where the function's Python does not look`
  return `${code(top)} lies in ${folders}${why}. Install it where the function looks.\n${install}`
}

/** From the stage that installed it, when that is where it lies there too. */
function copying(from: string, { build, buildStage }: Subject, to: string): string {
  const isThere = build?.files.some(({ path }) => path === from) === true
  return isThere && buildStage?.name !== undefined
    ? `COPY --from=${buildStage.name} ${from}/ ${to}/`
    : `RUN cp -R ${shellWord(from)}/. ${to}/`
}

function environmentLine(folder: string, { environment }: RuntimeView): string {
  return `ENV PYTHONPATH=${environment.PYTHONPATH ? '$PYTHONPATH:' : ''}${shellWord(folder)}`
}

/** Below the function's folder, and of no package. */
function isOwnCode(folder: string, view: RuntimeView): boolean {
  const isBelow = codeRoot(folder, view) !== undefined && !/\/(?:site|dist)-packages(?:\/|$)/.test(folder)
  return isBelow && !view.tree.childrenOf(folder).some(({ path }) => /\.(?:dist|egg)-info$/.test(path))
}

function codeRoot(folder: string, view: RuntimeView): string | undefined {
  return codeFolders(view).find((root) => folder.startsWith(`${root}/`))
}

function hidden(name: string, taken: string, whole: string): string {
  const [top = name] = name.split('.', 1)
  return `${code(top)} is taken from ${code(taken)}, which has no ${code(name)} and comes first; the whole package lies in ${code(whole)}. Rename or leave out ${code(`${taken}/${top}`)}.`
}

function incomplete(name: string, taken: string, install: string): string {
  const [top = name] = name.split('.', 1)
  return `${code(top)} lies in ${code(taken)} and has no ${code(name)}: it is of another version than its caller wants, or files of it were left out. Install it anew, in a version that has it.\n${install}`
}
