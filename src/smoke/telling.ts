import { posix } from 'node:path'
import type { Finding } from '../checks/check.ts'

/**
 * How precisely the text of a failure names what a finding is about: 0 for not at all. From an error's words alone nobody can
 * tell more; what two findings share, such as the name of a package within another's, must not tie a failure to the wrong one.
 */
export function telling(finding: Finding, text: string): number {
  const at = MEASURES.findIndex((measure) => measure(finding, text))
  return at === -1 ? 0 : MEASURES.length - at
}

type Measure = (finding: Finding, text: string) => boolean

/** The most precise first. */
const MEASURES: readonly Measure[] = [
  (finding, text) => paths(finding).some((path) => names(path, text, /(?:^|[^\w/])$/, /^[^\w/-]/)),
  (finding, text) =>
    paths(finding).some((path) => namesFile(path, text) || namesModule(path, text) || namesNodeModule(path, text)),
  (finding, text) => quoted(finding).some((word) => names(word, text)),
  (finding, text) => paths(finding).some((path) => ranIn(posix.dirname(path), text)),
  ({ owner }, text) => owner !== undefined && namesPackage(packageName(owner), text),
  ({ rule }, text) => WORDS[rule]?.test(text) ?? false,
]

function paths({ subject, examples }: Finding): readonly string[] {
  return [subject, ...examples].filter((path) => path.startsWith('/'))
}

/** The name of a folder, such as `python`, or of a script, such as `index.js`, is a word that any log has. */
function namesFile(path: string, text: string): boolean {
  const name = posix.basename(path)
  return name.includes('.') && !SCRIPT.test(name) && names(name, text)
}

const SCRIPT = /\.(?:[cm]?[jt]s|json|py|rb)$/

/**
 * Python names modules, not files: `/opt/python/PIL/_imaging.cpython-312-x86_64-linux-gnu.so` is `PIL._imaging`, or
 * `_imaging` that cannot be imported from `PIL`.
 */
function namesModule(path: string, text: string): boolean {
  const from = text.matchAll(/cannot import name '([\w.]+)' from '([\w.]+)'/g)
  const missing = text.matchAll(/No module named '([\w.]+)'/g)
  const modules = [...[...missing].map(([, name]) => name), ...[...from].map(([, name, of]) => `${of}.${name}`)]
  return modules.some((name = '') => path.includes(`/${name.replaceAll('.', '/')}.`))
}

/** Node.js names packages as they were asked for: `/var/task/node_modules/@own/shared` is `@own/shared/lib/x`. */
function namesNodeModule(path: string, text: string): boolean {
  const [, name] = /\/node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? []
  const asked = [...text.matchAll(/Cannot find (?:module|package) '([^']+)'/g)].map(([, module = '']) => module)
  return name !== undefined && asked.some((module) => module === name || module.startsWith(`${name}/`))
}

/** A frame of the traceback is right in that folder. In a folder of all packages it says nothing of this one. */
function ranIn(folder: string, text: string): boolean {
  if (/\/(?:python|site-packages|dist-packages|node_modules|lib|task|opt)$/.test(folder)) return false
  for (let at = text.indexOf(`${folder}/`); at !== -1; at = text.indexOf(`${folder}/`, at + 1))
    if (/^[^/\s"')]+["'):]/.test(text.slice(at + folder.length + 1, at + folder.length + 200))) return true
  return false
}

/** Versions and libraries that the finding quotes (`GLIBC_2.38`, `libpq.so.5`). */
function quoted({ message, expected = '', actual = '' }: Finding): readonly string[] {
  const text = `${message} ${expected} ${actual}`
  return [...text.matchAll(/`([A-Z]+_[\w.]+|[^`\s]+\.so[.\d]*)`/g)].map(([, word]) => word ?? '')
}

/** `sharp` of `pkg:npm/sharp`, `@img/sharp-linux-x64` of its encoded form; a Python module has no hyphen. */
function packageName(purl: string): string {
  const name = decodeURIComponent(purl.replace(/^pkg:[^/]+\//, ''))
  return purl.startsWith('pkg:pypi/') ? name.replaceAll('-', '_') : name
}

/** Not as a part of another package: `cffi` is not named by `zmq.backend.cffi` nor by `zmq/backend/cffi/`. */
function namesPackage(name: string, text: string): boolean {
  return names(name, text, /(?:^|[^\w./@-]|(?:node_modules|python|site-packages|task|gems)\/)$/)
}

/** As a word of its own: `a.node` is not named by `data.node`, nor is a folder by what lies in it. */
function names(word: string, text: string, before = /(?:^|[^\w-])$/, after = /^[^\w-]/): boolean {
  if (word.length < 3) return false
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const follows = text[at + word.length] ?? ' '
    if (after.test(follows) && before.test(text.slice(Math.max(0, at - 20), at))) return true
  }
  return false
}

const WORDS: Readonly<Record<string, RegExp>> = {
  entrypoint:
    /Runtime\.(?:InvalidEntrypoint|InvalidWorkingDir)|exec format error|no such file or directory: fork|entrypoint requires the handler name|\/env: ['‘]/i,
  bootstrap: /Runtime\.InvalidEntrypoint|couldn't find valid bootstrap|\/env: ['‘]/i,
  handler:
    /Runtime\.(?:ImportModuleError|HandlerNotFound|UserCodeSyntaxError|MalformedHandlerName)|Cannot find module|ClassNotFoundException|^Init</,
  // What does not speak the Runtime API ends, or is waited for until the time is over.
  'runtime-interface-client': /Runtime\.ExitError|Sandbox\.Timedout|Runtime\.InvalidEntrypoint/,
  'unreadable-file': /EACCES|Permission denied|PermissionError/i,
  // What is mapped and lies beyond the end of a file that was cut off.
  'corrupt-binary': /\bSIGBUS\b|\bended by signal 7\b/,
  'java-class-version': /UnsupportedClassVersionError/,
  'ruby-layout': /Gem::Missing(?:Spec|SpecVersion)Error|incompatible library version|cannot load such file/,
}
