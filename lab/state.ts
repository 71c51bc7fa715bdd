import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LabFolders } from './folders.ts'
import type { DetachedProcess } from './process/detached.ts'

/** What the lab has changed on this machine: `stop` ends the processes, `down` takes back the rest too. */
export type LabState = {
  readonly processes: Readonly<Record<string, DetachedProcess>>
  /** Debian packages that were not there before, dependencies included. */
  readonly packages: readonly string[]
  /** Files and folders put outside the lab's own folder; a path that ends with `/` is a folder of which all was made since. */
  readonly placed: readonly string[]
  /** Ports given to things once, asked for again so that image references stay the same. */
  readonly ports: Readonly<Record<string, number>>
  /** The kernel's table of program formats was not mounted before. */
  readonly mountedBinfmt?: boolean
  /** Settings of this machine before Docker's package and daemon changed them. */
  readonly before?: { readonly ipForward: string; readonly dockerGroup: boolean; readonly links: readonly string[] }
}

const EMPTY: LabState = { processes: {}, packages: [], placed: [], ports: {} }

const stateFile = (folders: LabFolders) => join(folders.root, 'state.json')

export function readState(folders: LabFolders): LabState {
  const file = stateFile(folders)
  return existsSync(file) ? { ...EMPTY, ...JSON.parse(readFileSync(file, 'utf8')) } : EMPTY
}

/** Synchronous on purpose: steps that run side by side in one process cannot overwrite each other's change. */
export function changeState(folders: LabFolders, change: (state: LabState) => Partial<LabState>): void {
  const state = readState(folders)
  const file = stateFile(folders)
  writeFileSync(`${file}.${process.pid}`, `${JSON.stringify({ ...state, ...change(state) }, undefined, 2)}\n`)
  renameSync(`${file}.${process.pid}`, file)
}
