import { RUN_LABEL } from './container-argv.ts'
import { socketRequest, socketStream } from './docker-socket.ts'
import { DUMMY_COMMAND, type ExportContainers, exportFailure } from './export-container.ts'

// Removing waits for the daemon to notice that nobody reads the export any more.
const REMOVE_WITHIN_MS = 5_000

/** Over the Docker Engine API, unversioned paths: the daemon's own version, 1.41 (engine 20.10) or newer. */
export function exportBySocket(
  socketPath: string,
  { runId, signal }: { readonly runId: string; readonly signal: AbortSignal },
): ExportContainers {
  return {
    async create(image) {
      // Not cancelled half-way: a container whose id is unknown would stay.
      const { status, body } = await socketRequest(socketPath, {
        method: 'POST',
        path: `/containers/create?platform=${encodeURIComponent(image.platform)}`,
        body: {
          Image: image.id ?? image.reference,
          Entrypoint: [DUMMY_COMMAND],
          Cmd: [],
          Labels: { [RUN_LABEL]: runId },
          NetworkDisabled: true,
          HostConfig: { NetworkMode: 'none' },
        },
      })
      if (status !== 201) throw exportFailure(image, message(body))
      return (JSON.parse(body) as { Id: string }).Id
    },
    async export(id, image, onChunk) {
      const { status, body } = await socketStream(socketPath, `/containers/${id}/export`, onChunk, signal)
      if (status !== 200) throw exportFailure(image, message(body))
    },
    async remove(id) {
      const { status, body } = await socketRequest(
        socketPath,
        { method: 'DELETE', path: `/containers/${id}?force=1&v=1` },
        AbortSignal.timeout(REMOVE_WITHIN_MS),
      )
      if (status !== 204 && status !== 404) throw new Error(message(body))
    },
  }
}

/** The API answers errors as `{"message": …}`. */
function message(body: string): string {
  try {
    return String((JSON.parse(body) as { message?: unknown }).message)
  } catch {
    return body || 'no answer'
  }
}
