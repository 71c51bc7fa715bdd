import { labFolders } from '../lab/folders.ts'
import { up } from '../lab/lab.ts'
import { readState } from '../lab/state.ts'

/** Brings the lab up before the first test that needs it; ends it after the last, unless it was up before. */
export default async function setup(): Promise<() => Promise<void>> {
  const wasUp = Object.keys(readState(labFolders()).processes).length > 0
  const lab = await up({ images: ['lambda/nodejs:22'] })
  await lab.images(['lambda/nodejs:22'])
  return async () => {
    if (!wasUp) await lab.stop()
  }
}
