import { posix } from 'node:path'
import { imageTree, isFile } from '../../checks/facts/image-tree.ts'
import { parseShebang } from '../../checks/facts/shebang.ts'
import type { ElfFile, Evidence } from '../../inspect/evidence.ts'
import type { Runtime } from '../../lambda/runtimes.ts'

/** One file of a layer that the runtime image can be asked about without running it; `path` is where functions find it. */
export type LoadableFile =
  | { readonly kind: 'program'; readonly path: string; readonly interpreter: string }
  | { readonly kind: 'library'; readonly path: string }
  /** `program`: what `env` looks up in PATH. */
  | { readonly kind: 'script'; readonly path: string; readonly interpreter: string; readonly program?: string }

export type LoadableFiles = {
  readonly files: readonly LoadableFile[]
  /** Programs without a loader: only running them would tell. */
  readonly linkedStatically: readonly string[]
}

const EXECUTABLE = 0o111
const LIBRARY = /\.so(?:\.[\w.]+)?$/

/**
 * What every runtime finds in a layer: commands in `bin/` (PATH), what is in `extensions/` and, for custom runtimes,
 * `bootstrap` (Lambda starts them), libraries in `lib/` (LD_LIBRARY_PATH). Each file once. Pure.
 */
export function loadableFiles(layer: Evidence, { family }: Pick<Runtime, 'family'>): LoadableFiles {
  const { childrenOf, resolve, elf, entries } = imageTree(layer)
  const commands = childrenOf('/opt/bin').filter(({ path }) => ((resolve(path)?.mode ?? 0) & EXECUTABLE) !== 0)
  const started = [
    ...childrenOf('/opt/extensions'),
    ...(family === 'provided' ? [entries.get('/opt/bootstrap') ?? []].flat() : []),
  ]
  const libraries = childrenOf('/opt/lib').filter(({ path }) => LIBRARY.test(path))
  const found = new Map<string, LoadableFile | 'static'>()
  const candidates = [...commands, ...started, ...libraries].sort((a, b) => (a.path < b.path ? -1 : 1))
  const places = new Set(candidates.map(({ path }) => posix.dirname(path)))
  for (const candidate of candidates) {
    const file = resolve(candidate.path)
    if (!isFile(file) || found.has(file.path)) continue
    const native = elf.get(file.path)
    // A file that is found by a link only goes by the link's name.
    const path = places.has(posix.dirname(file.path)) ? file.path : candidate.path
    const place = posix.dirname(path)
    const one =
      place === '/opt/lib' ? library(path, native) : native ? program(path, native) : script(path, layer, file.path)
    if (one !== undefined) found.set(file.path, one)
  }
  const all = [...found].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    files: all.flatMap(([, one]) => (one === 'static' ? [] : [one])),
    linkedStatically: all.flatMap(([path, one]) => (one === 'static' ? [path] : [])),
  }
}

/** Also a file that is none: the loader says what it makes of it. A text is a linker script, for compilers only. */
function library(path: string, native: ElfFile | undefined): LoadableFile | undefined {
  return native === undefined ? undefined : { kind: 'library', path }
}

function program(path: string, { interpreter, needed }: ElfFile): LoadableFile | 'static' {
  if (interpreter !== undefined) return { kind: 'program', path, interpreter }
  return needed.length === 0 ? 'static' : { kind: 'library', path }
}

function script(path: string, { firstLines }: Evidence, file: string): LoadableFile | undefined {
  const line = firstLines[file] ?? ''
  const shebang = parseShebang(line)
  if (shebang === undefined) return undefined
  const { interpreter, program: looked } = shebang
  // The kernel takes a carriage return for the last letter of the name.
  if (looked !== undefined)
    return { kind: 'script', path, interpreter, program: line.endsWith(`${looked}\r`) ? `${looked}\r` : looked }
  return { kind: 'script', path, interpreter: line.endsWith(`${interpreter}\r`) ? `${interpreter}\r` : interpreter }
}
