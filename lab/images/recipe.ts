import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rootId } from '../debian/root-file-system.ts'
import { NODE_CLIENT, NPM, STAND_INS, type StandIn, type StandInName } from './stand-ins.ts'
import { SHELL_RELEASE } from './static-shell.ts'

/** The label that tells a reused image from an outdated one. */
export const RECIPE_LABEL = 'lambda-parity.recipe'

/** Folder of Dockerfiles and scripts. */
export const IMAGES = fileURLToPath(new URL('.', import.meta.url))

/** Hash of everything that decides what is in an image: versions, Dockerfiles, scripts, the root below it, the emulator. */
export function recipe(name: StandInName, emulatorSha256: string): string {
  const standIn: StandIn = STAND_INS[name]
  const below = rootOf(standIn, emulatorSha256)
  const hash = createHash('sha256').update(JSON.stringify([standIn, below, emulatorSha256, NODE_CLIENT, NPM]))
  for (const folder of ['entry', standIn.family]) {
    for (const file of readdirSync(join(IMAGES, folder)).sort())
      hash.update(file).update(readFileSync(join(IMAGES, folder, file)))
  }
  return hash.digest('hex').slice(0, 16)
}

function rootOf(standIn: StandIn, emulatorSha256: string): string {
  switch (standIn.family) {
    case 'sam':
    case 'sam-java':
      return recipe(standIn.from, emulatorSha256)
    case 'provided-arm64':
      return SHELL_RELEASE
    default:
      return rootId(standIn.release)
  }
}
