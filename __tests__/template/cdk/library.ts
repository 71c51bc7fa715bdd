import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { labFolders } from '../../../lab/folders.ts'
import { withLock } from '../../../lab/lock.ts'
import { run } from '../../../lab/process/command.ts'
import { printedProgress } from '../../../lab/progress.ts'

/** The release that the fixtures are made with and that the lab tries again. */
export const LIBRARY = { 'aws-cdk-lib': '2.276.0', constructs: '10.8.1' }
/** Of 2023: its metadata stand in manifest.json, and say nothing of templates of nested stacks. */
export const OLD_LIBRARY = { 'aws-cdk-lib': '2.100.0', constructs: '10.3.0' }
export type Library = typeof LIBRARY

/** A folder of the lab's cache whose `node_modules` holds the real library; installed once, about 190 MB. */
export async function cdkLibrary(library: Library): Promise<string> {
  const folders = labFolders()
  const folder = join(folders.cache, `aws-cdk-lib-${library['aws-cdk-lib']}`)
  await withLock(folders, 'aws-cdk-lib', async () => {
    if (existsSync(folder)) return
    const made = `${folder}.new`
    rmSync(made, { recursive: true, force: true })
    mkdirSync(made, { recursive: true })
    const packages = Object.entries(library).map(([name, version]) => `${name}@${version}`)
    await printedProgress().step(`installing ${packages.join(' and ')}`, () =>
      run('npm', ['install', '--silent', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', made, ...packages]),
    )
    renameSync(made, folder)
  })
  return folder
}
