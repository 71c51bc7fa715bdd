import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { LabFolders } from '../folders.ts'
import { withLock } from '../lock.ts'
import { run } from '../process/command.ts'
import type { Progress } from '../progress.ts'
import { ensureGo, goEnvironment } from './go.ts'

export type GoTool = {
  /** Name of the program. */
  readonly name: string
  /** `module/path@version`, exact. */
  readonly package: string
  /** Build tags: what the program can be compiled without. */
  readonly tags?: string
}

/** The program, compiled once per version through the Go module proxy; its sources and modules are not kept. */
export async function goTool(tool: GoTool, place: { folders: LabFolders; progress: Progress }): Promise<string> {
  const version = tool.package.split('@')[1] ?? ''
  const folder = join(place.folders.cache, 'go', `${tool.name}-${version}`)
  const program = join(folder, tool.name)
  await withLock(place.folders, `go-${tool.name}`, async () => {
    if (existsSync(program)) return
    const go = await ensureGo(place.folders, place.progress)
    const modules = join(folder, 'modules')
    await place.progress.step(`compiling ${tool.name} ${version}`, () =>
      run(go, ['install', '-ldflags=-s -w', '-tags', tool.tags ?? '', tool.package], {
        env: { ...goEnvironment(place.folders), GOBIN: folder, GOPATH: modules },
      }),
    )
    rmSync(modules, { recursive: true, force: true })
  })
  return program
}
