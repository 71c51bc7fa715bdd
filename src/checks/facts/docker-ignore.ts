import picomatch from 'picomatch'
import type { Subject } from '../check.ts'
import { codeFolders } from './code-folders.ts'
import type { RuntimeView } from './runtime-view.ts'
import { code, shellWord } from './wording.ts'

type IgnoringLine = { readonly line: number; readonly pattern: string }

/**
 * What keeps one of these files, which the image lacks, out of its build context: a sentence and a command. Where COPY put
 * what it took is seen by the folders of the function's code.
 */
export function keptOut(paths: readonly string[], { plan }: Subject, view: RuntimeView): string | undefined {
  if (plan.kind !== 'image' || plan.ignoreFile === undefined) return undefined
  const names = paths.flatMap((path) =>
    codeFolders(view).flatMap((folder) => (path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : [])),
  )
  const { path, text } = plan.ignoreFile
  const found = ignoringLine(names, text)
  if (found === undefined) return undefined
  return `Line ${found.line} of ${code(path)} (${code(found.pattern)}) keeps it out of the build: remove or narrow it.\nsed -i ${found.line}d ${shellWord(path)}`
}

/** The last line that matches decides, and `!` takes back (docs.docker.com/build/concepts/context, "dockerignore files"). */
export function ignoringLine(names: readonly string[], text: string): IgnoringLine | undefined {
  const all = names.flatMap(withFolders)
  let found: IgnoringLine | undefined
  for (const [index, written] of text.split('\n').entries()) {
    const line = written.trim()
    const pattern = line.replace(/^!/, '').replace(/^\.?\/+|\/+$/g, '')
    // Who leaves everything out and takes some of it back may have it under another name.
    if (line.startsWith('#') || !/\w/.test(pattern)) continue
    const matches = picomatch(pattern, { dot: true, nobrace: true, noextglob: true })
    if (all.some((name) => matches(name))) found = line.startsWith('!') ? undefined : { line: index + 1, pattern: line }
  }
  return found
}

/** What leaves a folder out leaves out all that it holds. */
function withFolders(name: string): readonly string[] {
  const parts = name.split('/')
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}
