import type { Context } from '../context.ts'
import type { Log } from '../ports/log.ts'
import type { RunPorts } from '../run/run-ports.ts'
import { actionsSummary, setActionsOutput } from './actions.ts'
import { aws } from './aws/aws.ts'
import { systemClock } from './clock.ts'
import { dockerBuilder } from './docker-build.ts'
import { dockerContainers } from './docker-containers.ts'
import { dockerEngine } from './docker-engine.ts'
import { dockerImageFiles } from './docker-export.ts'
import { dockerImages } from './docker-images.ts'
import { dockerRegistry } from './docker-registry.ts'
import { removeRunResources } from './docker-run-resources.ts'
import { emulatorInvocations } from './emulator-invocations.ts'
import { evidenceCache } from './evidence-cache.ts'
import { localFiles } from './files.ts'
import { pullRequestComments } from './github.ts'
import { localLayerFiles } from './layer-files.ts'
import { layerZipWriter } from './layer-zip-writer.ts'
import { emulatorBinaries } from './rie-download.ts'

/** The real ports of one run. Nothing is contacted before a port is used. */
export function connect(
  { apiUrl, graphqlUrl, repository, temporaryDirectory, toolCache }: Context,
  { runId, signal, log }: { readonly runId: string; readonly signal: AbortSignal; readonly log: Log },
): RunPorts {
  return {
    log,
    clock: systemClock,
    files: localFiles,
    layerFiles: localLayerFiles({ signal }),
    layerZipWriter: layerZipWriter({ signal }),
    summary: actionsSummary,
    setOutput: setActionsOutput,
    engine: dockerEngine,
    docker: (engine) => {
      const images = dockerImages({ signal, log })
      return {
        images,
        builder: dockerBuilder({ signal }),
        registry: dockerRegistry({ engine, images, log, signal, temporaryDirectory }),
        imageFiles: dockerImageFiles({ runId, signal, log }),
        evidenceCache: evidenceCache({ toolCache, program: process.argv[1] ?? '', log }),
        containers: dockerContainers({ runId, signal }),
        invocations: emulatorInvocations({ runId }),
        emulators: emulatorBinaries({ toolCache, signal }),
      }
    },
    aws: aws(signal),
    comments: ({ token, pullRequest }) => {
      const { owner = '', name = '' } = repository ?? {}
      return pullRequestComments({ apiUrl, graphqlUrl, token, owner, repository: name, pullRequest })
    },
    removeLeftovers: () => removeRunResources(runId),
  }
}
