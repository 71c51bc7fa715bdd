import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { LabFolders } from '../folders.ts'
import { withLock } from '../lock.ts'
import { run } from '../process/command.ts'
import type { Progress } from '../progress.ts'
import { ensureGo } from './go.ts'

export type GoTool = {
  /** Name of the program. */
  readonly name: string
  /** `module/path@version`, exact. */
  readonly package: string
}

/** The program, compiled once per version through the Go module proxy; sources and modules are not kept. */
export async function goTool(tool: GoTool, place: { folders: LabFolders; progress: Progress }): Promise<string> {
  const version = tool.package.split('@')[1] ?? ''
  const folder = join(place.folders.cache, 'go', `${tool.name}-${version}`)
  const program = join(folder, tool.name)
  await withLock(place.folders, `go-${tool.name}`, async () => {
    if (existsSync(program)) return
    const go = await ensureGo(place.folders, place.progress)
    const modules = join(folder, 'modules')
    await place.progress.step(`compiling ${tool.name} ${version}`, () =>
      // Neither optimised nor with tables for debuggers: a quarter less to compile for a program that runs for seconds.
      run(go, ['install', '-gcflags=all=-N -l', '-ldflags=-s -w', tool.package], {
        // The module cache is write-protected unless told otherwise, and could not be removed.
        env: {
          GOBIN: folder,
          GOPATH: modules,
          GOCACHE: join(modules, 'build'),
          GOFLAGS: '-modcacherw -buildvcs=false',
        },
      }),
    )
    rmSync(modules, { recursive: true, force: true })
  })
  return program
}
