import { existsSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../../lab/process/command.ts'
import { type CorpusFolders, installFolder } from '../corpus-folders.ts'
import type { Install } from '../install.ts'
import { compileBootstrap } from '../programs/compilation.ts'
import { copyJar } from '../programs/jar.ts'
import { compileNpm } from './compile-npm.ts'
import { damageLayer } from './damage.ts'
import { copyOf, installedFor22 } from './installed-for-22.ts'
import { installNpm, npmChoices } from './npm-install.ts'
import { installPnpm } from './pnpm-install.ts'
import { type Prepared, prepareOnce } from './prepared.ts'
import { hasPlatformWheels, installPython } from './python-install.ts'

/** Prepares one variant; `right` is the good install of the same package and runtime, prepared before. */
export async function prepareInstall(folders: CorpusFolders, install: Install, right?: Prepared): Promise<Prepared> {
  return await prepareOnce(folders, install, async (layer) => {
    if (install.variant !== 'right' && right !== undefined) {
      if (right.impossible !== undefined && install.damage !== undefined)
        return { packages: [], impossible: `no good install: ${right.impossible}` }
      if (right.impossible === undefined && isSame(folders, install, right))
        return { packages: right.packages, sameAs: right.install.variant }
    }
    if (install.damage !== undefined && right !== undefined && isChoiceOf(right, install)) {
      // Hard links: a damaged layer costs no space.
      rmdirSync(layer)
      await run('cp', ['-al', join(installFolder(folders, right.install), 'layer'), layer])
      const impossible = await damageLayer(layer, install.damage, install.package.requirement)
      return { packages: right.packages, ...(impossible === undefined ? {} : { impossible }) }
    }
    const { choice } = install
    const same = installedFor22(folders, install)
    if (same !== undefined) return await copyOf(folders, same, layer)
    if (choice.tool === 'pip') {
      const installed = await installPython(folders, install, choice, layer)
      if (install.damage === undefined || installed.impossible !== undefined) return installed
      const impossible = await damageLayer(layer, install.damage, install.package.requirement)
      return { ...installed, ...(impossible === undefined ? {} : { impossible }) }
    }
    if (choice.tool === 'npm' && choice.by === 'pnpm') return await installPnpm(folders, install, choice, layer)
    if (choice.tool === 'npm') {
      const installed = await installNpm(folders, install, choice, layer)
      if (choice.compiledBy !== undefined) await compileNpm(layer, choice.compiledBy)
      return installed
    }
    await (choice.tool === 'mvn' ? copyJar(choice, layer) : compileBootstrap(choice, layer))
    return { packages: [] }
  })
}

function isChoiceOf(right: Prepared, { choice }: Install): boolean {
  return JSON.stringify(right.install.choice) === JSON.stringify(choice)
}

/** Pure packages are the same for every system: not worth another install. */
function isSame(folders: CorpusFolders, install: Install, right: Prepared): boolean {
  if (
    install.damage !== undefined ||
    (install.choice.tool === 'npm' &&
      (install.choice.by ?? install.choice.nested ?? install.choice.compiledBy) !== undefined)
  )
    return false
  const layer = join(installFolder(folders, right.install), 'layer')
  if (install.choice.tool === 'pip')
    return existsSync(join(layer, 'python')) && !hasPlatformWheels(join(layer, 'python'))
  if (install.choice.tool !== 'npm') return false
  const choices = npmChoices(join(layer, 'nodejs'))
  return install.choice.optional === false ? !choices.optional : !choices.platform
}
