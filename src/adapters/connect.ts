import type { Context } from '../context.ts'
import type { Log } from '../ports/log.ts'
import type { PostPorts } from '../post/post-reports.ts'
import type { RunPorts } from '../run/run-ports.ts'
import { actionsSummary, setActionsOutput } from './actions.ts'
import { aws } from './aws/aws.ts'
import { systemClock } from './clock.ts'
import { dockerBuilder } from './docker-build.ts'
import { dockerContainers } from './docker-containers.ts'
import { dockerEngine } from './docker-engine.ts'
import { dockerImageFiles } from './docker-export.ts'
import { dockerImages } from './docker-images.ts'
import { dockerLayerBuilder } from './docker-layer-builder.ts'
import { dockerRegistry } from './docker-registry.ts'
import { removeRunResources } from './docker-run-resources.ts'
import { emulatorInvocations } from './emulator-invocations.ts'
import { evidenceCache } from './evidence-cache.ts'
import { localFiles } from './files.ts'
import { pullRequestComments } from './github.ts'
import { openPullRequests } from './github-pull-requests.ts'
import { localLayerFiles } from './layer-files.ts'
import { layerZipWriter } from './layer-zip-writer.ts'
import { presignedZips } from './presigned-zip.ts'
import { emulatorBinaries } from './rie-download.ts'

/** The real ports of one run. Nothing is contacted before a port is used. */
export function connect(
  context: Context,
  { runId, signal, log }: { readonly runId: string; readonly signal: AbortSignal; readonly log: Log },
): RunPorts {
  const { temporaryDirectory, toolCache } = context
  const containerPorts: RunPorts['containerPorts'] = (engine) => ({
    images: dockerImages({ signal, log }),
    imageFiles: dockerImageFiles({ runId, signal, log }),
    evidenceCache: evidenceCache({ toolCache, program: process.argv[1] ?? '', log }),
    containers: dockerContainers({ runId, signal }, engine.server),
    invocations: emulatorInvocations({ runId }),
    emulators: emulatorBinaries({ toolCache, signal }),
    layerBuilder: dockerLayerBuilder({ engine, runId, signal, toolCache }),
  })
  return {
    log,
    clock: systemClock,
    files: localFiles,
    layerFiles: localLayerFiles({ signal }),
    layerZipWriter: layerZipWriter({ signal }),
    summary: actionsSummary,
    setOutput: setActionsOutput,
    engine: dockerEngine,
    containerPorts,
    docker: (engine) => {
      const ports = containerPorts(engine)
      const { images } = ports
      const registry = dockerRegistry({ engine, images, log, signal, temporaryDirectory })
      return { ...ports, builder: dockerBuilder({ signal }), registry }
    },
    aws: aws(signal),
    comments: commentsOf(context),
    zipSizes: presignedZips({ signal }),
    removeLeftovers: () => removeRunResources(runId),
  }
}

/** The real ports of the action in comment/. */
export function connectPost(context: Context, log: Log): PostPorts {
  const { owner = '', name = '' } = context.repository ?? {}
  return {
    ...{ log, clock: systemClock, files: localFiles, setOutput: setActionsOutput, comments: commentsOf(context) },
    openPullRequests: (target) => openPullRequests({ ...target, apiUrl: context.apiUrl, owner, repository: name }),
  }
}

function commentsOf({ apiUrl, graphqlUrl, repository }: Context): RunPorts['comments'] {
  const { owner = '', name = '' } = repository ?? {}
  return ({ token, pullRequest }) =>
    pullRequestComments({ apiUrl, graphqlUrl, token, owner, repository: name, pullRequest })
}
