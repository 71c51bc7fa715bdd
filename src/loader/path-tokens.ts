import { posix } from 'node:path'

/** What dynamic string tokens stand for (ld.so(8)). */
export type PathTokens = {
  /** Folder of the object that carries the path; unknown for LD_LIBRARY_PATH without a known program. */
  readonly origin?: string
  readonly lib: string
  /** Names that `$PLATFORM` may have: glibc names Intel's processors by generation. */
  readonly platforms: readonly string[]
}

const TOKEN = /\$(?:\{(ORIGIN|LIB|PLATFORM)\}|(ORIGIN|LIB|PLATFORM))/g

/** Every reading of a name or folder with tokens; none when it needs an origin that is not known. */
export function expandTokens(text: string, tokens: PathTokens): readonly string[] {
  if (!text.includes('$')) return [text]
  if (/\$\{?ORIGIN/.test(text) && tokens.origin === undefined) return []
  const platforms = /\$\{?PLATFORM/.test(text) ? tokens.platforms : tokens.platforms.slice(0, 1)
  return platforms.map((platform) =>
    text.replace(TOKEN, (_, braced?: string, plain?: string) => {
      const name = braced ?? plain
      return name === 'ORIGIN' ? (tokens.origin ?? '') : name === 'LIB' ? tokens.lib : platform
    }),
  )
}

/**
 * Folders of DT_RPATH, DT_RUNPATH or LD_LIBRARY_PATH, absolute. An empty element is the working directory, an empty list
 * is none (glibc elf/dl-load.c, fillin_rpath).
 */
export function pathFolders(
  path: string,
  separator: string | RegExp,
  tokens: PathTokens,
  workingDirectory: string,
): readonly string[] {
  if (path === '') return []
  const folders = path
    .split(separator)
    .flatMap((element) => (element === '' ? ['.'] : expandTokens(element, tokens)))
    .map((folder) => trimmed(folder.startsWith('/') ? folder : posix.join(workingDirectory, folder)))
  return [...new Set(folders)]
}

// Not normalised: `a/../b` of a linked `a` is elsewhere.
function trimmed(folder: string): string {
  const end = folder.replace(/\/+$/, '')
  return end === '' ? '/' : end
}
