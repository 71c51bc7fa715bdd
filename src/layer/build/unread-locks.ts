import type { Installer } from './installer.ts'

/** Lock files that projects of a language have, read by an installer of ours or not. */
const LOCKS: { readonly [Family in Installer['family']]?: readonly string[] } = {
  python: ['uv.lock', 'poetry.lock', 'pdm.lock', 'Pipfile.lock', 'pylock.toml'],
  nodejs: ['npm-shrinkwrap.json', 'package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb'],
}

/** Lock files among `names` that the installer leaves aside: what they pin is not what is installed. */
export function unreadLocks({ family, files }: Installer, names: readonly string[]): readonly string[] {
  return (LOCKS[family] ?? []).filter((lock) => names.includes(lock) && !files.includes(lock))
}
