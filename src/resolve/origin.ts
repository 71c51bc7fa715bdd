import { posix } from 'node:path'
import type { Step } from './dockerfile-steps.ts'

/** The instruction that brought a path in, as far as its words tell. `line`: of the Dockerfile, from 1. */
export type Origin = { readonly keyword: Step['keyword']; readonly text: string; readonly line?: number }

/**
 * Of the steps in their order the one that most likely put `path` into the image: what a package manager installs comes
 * from its RUN, else the last COPY or ADD that spells it out, else the RUN that makes a native file of that name, else the
 * last COPY or ADD over it, else a RUN that names it, else the base (FROM). `undefined`: none does, and no base is known.
 * `isOfBase`: the path lies in the base image as it is, so that only FROM counts.
 */
export function originOf(path: string, steps: readonly Step[], isOfBase = false): Origin | undefined {
  const last = steps.toReversed()
  const base = steps.find(({ keyword }) => keyword === 'FROM')
  const found = isOfBase
    ? base
    : (last.find((step) => step.keyword === 'RUN' && installs(step, path)) ??
      last.find((step) => step.destination !== undefined && spells(step, path)) ??
      last.find((step) => step.keyword === 'RUN' && makes(step, path)) ??
      last.find((step) => step.destination !== undefined && covers(step, path)) ??
      last.find((step) => step.keyword === 'RUN' && names(step, path)) ??
      base)
  if (found === undefined) return undefined
  const { keyword, text, line } = found
  return { keyword, text, ...(line === undefined ? {} : { line }) }
}

/** True when the destination can hold the path: a file of that name, or something in the folder that was copied. */
function covers({ destination = '/', sources = [] }: Step, path: string): boolean {
  const folder = destination.replace(/\/$/, '')
  if (path === folder) return true
  if (!path.startsWith(`${folder}/`)) return false
  const [first = ''] = path.slice(folder.length + 1).split('/')
  return sources.length === 0 || sources.some((source) => mayBring(source, first, destination.endsWith('/')))
}

/** The file itself is written down: `COPY native.node ./`, `ADD https://… /opt/extensions/agent`. */
function spells({ destination = '/', sources = [] }: Step, path: string): boolean {
  if (destination === path) return true
  const folder = destination.replace(/\/$/, '')
  return (
    posix.dirname(path) === (folder || '/') && sources.some((source) => posix.basename(source) === posix.basename(path))
  )
}

/** A folder brings its content, a file itself: by its name, where the destination is a folder. */
function mayBring(source: string, first: string, intoFolder: boolean): boolean {
  const name = posix.basename(source.replace(/\/+$/, ''))
  if (source.endsWith('/') || /^\.*$/.test(name)) return true
  if (/[*?[]/.test(name)) return true
  if (/\.(?:tar(?:\.\w+)?|tgz|txz|zip)$/.test(name)) return true
  return name === first || !(intoFolder && /\.\w+$/.test(name))
}

const NODE_INSTALL = /\b(?:npm|pnpm|yarn|bun)\b(?:\s+(?:ci|i|install|add|rebuild|--\S+))/
const NODE_BARE = /(?:^|[;&|]\s*)yarn\s*(?:$|[;&|])/
const PYTHON_INSTALL = /\b(?:pip[\d.]*|uv|poetry|pipenv|conda)\b[^;&|]*\b(?:install|sync|add)\b/
const RUBY_INSTALL = /\b(?:bundle|gem)\s+install\b/
const SYSTEM_INSTALL = /\b(?:apt(?:-get)?|yum|dnf|microdnf|apk|zypper)\b[^;&|]*\b(?:install|add|update|upgrade)\b/
const SYSTEM_FOLDER = /^\/(?:usr\/(?!local\/)|lib|bin\/|sbin\/|etc\/)/

/** By the kind of folder that each package manager fills. */
function installs({ text, workingDirectory }: Step, path: string): boolean {
  if (path.includes('/node_modules/')) {
    if (!NODE_INSTALL.test(text) && !NODE_BARE.test(text)) return false
    const [, prefix] = /--prefix[= ](\S+)/.exec(text) ?? []
    const [, folder] = /(?:^|[;&|]\s*)cd\s+(\S+)/.exec(text) ?? []
    const root = posix.resolve(workingDirectory, prefix ?? folder ?? '.')
    const isGlobal = /\s(?:-g|--global)\b/.test(text)
    return isGlobal || root === '/' || path.startsWith(`${root}/`)
  }
  if (PYTHON_INSTALL.test(text)) {
    const [, target] = /(?:--target|-t)[= ]"?([^\s"]+)/.exec(text) ?? []
    if (target === undefined) return /\/(?:site|dist)-packages\//.test(path)
    if (target.includes('$')) return /\/(?:var\/task|opt\/python)\//.test(path) && !/\.(?:py|js)$/.test(path)
    return path.startsWith(`${posix.resolve(workingDirectory, target).replace(/\/$/, '')}/`)
  }
  if (RUBY_INSTALL.test(text)) return /\/gems\//.test(path)
  return SYSTEM_INSTALL.test(text) && SYSTEM_FOLDER.test(path)
}

/** Compilers and downloads are told the name of what they write: `gcc -shared -o addon.node addon.c`. */
function makes({ text }: Step, path: string): boolean {
  const name = posix.basename(path)
  return /\.(?:node|so(?:\.[\d.]+)?)$/.test(name) && text.split(/[\s/"'=;]+/).includes(name)
}

/** The command holds the path, or the folder that it lies in where that says something. */
function names({ text }: Step, path: string): boolean {
  const folder = posix.dirname(path)
  return text.includes(path) || (folder.split('/').length > 3 && text.includes(folder))
}
