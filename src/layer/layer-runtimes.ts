import type { RuntimeFacts } from '../checks/check.ts'
import { ActionError } from '../errors.ts'
import { fromTable, namedRuntime, type RuntimePorts, scanned } from '../inspect/runtime-facts.ts'
import type { Architecture } from '../lambda/architecture.ts'
import type { LayerRuntime } from '../plan/plan.ts'
import type { Log } from '../ports/log.ts'

/** Docker's ports, or why there is no usable engine. Asked at most once, and only when an image is to be read. */
export type EngineForRuntimes = () => Promise<RuntimePorts>

/**
 * What stands for each compatible runtime: its image, read, else our table's row of it. Rejects with image-not-found or
 * docker-unavailable for an image that was given and cannot be read.
 */
export async function layerRuntimes(
  runtimes: readonly LayerRuntime[],
  architecture: Architecture,
  engine: EngineForRuntimes,
  log: Log,
): Promise<readonly RuntimeFacts[]> {
  const facts: RuntimeFacts[] = []
  // One after the other: reading a second image at the same time makes neither faster (checks.md §4).
  for (const one of runtimes) facts.push(await layerRuntime(one, architecture, engine, log))
  return facts
}

async function layerRuntime(
  { runtime, image }: LayerRuntime,
  architecture: Architecture,
  engine: EngineForRuntimes,
  log: Log,
): Promise<RuntimeFacts> {
  try {
    const evidence = await namedRuntime({ architecture, runtime, runtimeImage: image }, await engine())
    if (evidence !== undefined) return scanned(evidence, runtime)
  } catch (error) {
    const noEngine = error instanceof ActionError && error.code === 'docker-unavailable'
    if (image.from === 'given' || !noEngine) throw error
    log.info(`No engine to read ${image.reference} with: ${error.message}`)
  }
  log.warning(`What ${runtime.id} holds is taken from the table of runtimes: ${image.reference} could not be read.`)
  return fromTable(runtime, { architecture })
}
