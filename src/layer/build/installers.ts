import type { Runtime } from '../../lambda/runtimes.ts'
import type { Installer } from './installer.ts'
import { JAVA_INSTALLERS } from './java-installers.ts'
import { NODE_INSTALLERS } from './node-installers.ts'
import { PYTHON_INSTALLERS } from './python-installers.ts'
import { RUBY_INSTALLERS } from './ruby-installers.ts'

/** Every way to fill a layer; of one family the first whose files are there is taken. */
export const INSTALLERS: readonly Installer[] = [
  ...PYTHON_INSTALLERS,
  ...NODE_INSTALLERS,
  ...RUBY_INSTALLERS,
  ...JAVA_INSTALLERS,
]

/** Manifests that are looked for, each once. */
export function manifests(family?: Runtime['family']): readonly string[] {
  const rows = INSTALLERS.filter((row) => family === undefined || row.family === family)
  return [...new Set(rows.map(({ files }) => files[0]))]
}

/** The installer for a folder with these names in it; `undefined` when none of the runtime's manifests is there. */
export function findInstaller(names: readonly string[], family: Runtime['family']): Installer | undefined {
  return INSTALLERS.find((row) => row.family === family && row.files.every((file) => names.includes(file)))
}
