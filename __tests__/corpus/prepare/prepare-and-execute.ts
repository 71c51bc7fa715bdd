import type { CorpusFolders } from '../corpus-folders.ts'
import type { Install } from '../install.ts'
import type { together } from '../reality/containers.ts'
import { execute } from '../reality/reality.ts'
import type { RuntimeImage } from '../runtime-image.ts'
import { prepareInstall } from './prepare.ts'
import type { Prepared } from './prepared.ts'

/** Installs a package well and in its wrong ways, the good one first, and executes each: one line that tells what happened. */
export async function prepareAndExecute(
  folders: CorpusFolders,
  installs: readonly [Install, ...Install[]],
  image: RuntimeImage,
  containers: typeof together,
): Promise<string> {
  const started = performance.now()
  try {
    const { prepared, failed } = await prepareVariants(folders, installs)
    const results = await execute(folders, image, prepared, containers)
    const words = prepared.map(({ install, sameAs, impossible }) => {
      const verdict =
        results.get(install.id)?.verdict ?? (sameAs !== undefined ? '=' : impossible !== undefined ? '-' : '?')
      return `${install.variant}:${verdict}`
    })
    return [`${((performance.now() - started) / 1000).toFixed(0)}s ${words.join(' ')}`, ...failed].join('\n')
  } catch (error) {
    return `!! ${lastOf(error, 600)}`
  }
}

async function prepareVariants(folders: CorpusFolders, [first, ...others]: readonly [Install, ...Install[]]) {
  const right = await prepareInstall(folders, first)
  const prepared: Prepared[] = [right]
  const failed: string[] = []
  // Two at a time: the registries are asked gently.
  await Promise.all(
    [0, 1].map(async () => {
      for (let next = others.shift(); next !== undefined; next = others.shift()) {
        try {
          prepared.push(await prepareInstall(folders, next, right))
        } catch (error) {
          failed.push(`${next.id} !! ${lastOf(error, 400)}`)
        }
      }
    }),
  )
  return { prepared, failed }
}

function lastOf(error: unknown, length: number): string {
  return error instanceof Error ? error.message.slice(-length) : String(error)
}
