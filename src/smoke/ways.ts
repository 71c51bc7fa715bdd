import type { RuntimeFacts } from '../checks/check.ts'
import type { Evidence } from '../inspect/evidence.ts'
import { startedAs } from '../inspect/local-name.ts'
import type { SmokePlan } from '../plan/plan.ts'
import type { Containers, Network } from '../ports/containers.ts'
import type { PipeProgram } from '../ports/invocations.ts'
import type { Isolation } from './constraints.ts'
import { pipeProgram } from './pipe-program.ts'

/** How the function is connected, and how its emulator is reached: by address, or by a program beside it. */
export type Way = AsyncDisposable & {
  readonly isolation: Isolation
  readonly network: string
  readonly pipe?: { readonly image: string; readonly program: PipeProgram }
}

export type Parties = {
  readonly image: { readonly evidence: Evidence }
  readonly runtime: RuntimeFacts | undefined
}

/**
 * The ways that this engine offers, best first; the next one is made only when the one before did not reach the emulator.
 * Without network, a program of the image (or of the runtime image) carries the bytes. Where there is none (`scratch`), an
 * internal network does, as long as this machine is the engine's host: that leaves the host's own services in reach.
 */
export async function* ways(wanted: SmokePlan['network'], parties: Parties, containers: Containers) {
  const pipes = pipesOf(parties)
  if (wanted === 'none') {
    for (const pipe of pipes) yield way('no-network', 'none', { pipe })
    const network = await containers.createInternalNetwork()
    yield way('internal-network', network.name, { network })
  } else {
    yield way('bridge', 'bridge', {})
    for (const pipe of pipes) yield way('bridge', 'bridge', { pipe })
  }
}

type Pipe = NonNullable<Way['pipe']>

function pipesOf({ image, runtime }: Parties): readonly Pipe[] {
  const pipes = [image.evidence, runtime?.evidence].flatMap((evidence) => {
    const program = evidence === undefined ? undefined : pipeProgram(evidence)
    return evidence === undefined || program === undefined ? [] : [{ image: startedAs(evidence), program }]
  })
  return pipes.filter((pipe, index) => pipes.findIndex((one) => one.image === pipe.image) === index)
}

function way(isolation: Isolation, network: string, by: { pipe?: Pipe; network?: Network }): Way {
  return {
    isolation,
    network,
    ...(by.pipe === undefined ? {} : { pipe: by.pipe }),
    [Symbol.asyncDispose]: async () => await by.network?.[Symbol.asyncDispose](),
  }
}
