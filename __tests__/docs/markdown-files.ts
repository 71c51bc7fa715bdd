import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export type MarkdownFile = { readonly path: string; readonly text: string }

/** The project's own Markdown files, as far as they are not fixtures of tests. */
export function markdownFiles(): MarkdownFile[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: ROOT })
  return listed
    .toString()
    .split('\n')
    .filter((path) => path !== '' && !/^(?:__tests__|dist)\//.test(path))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
}
