import { RUN_LABEL } from './container-argv.ts'
import { docker } from './docker-command.ts'
import { dockerChunks } from './docker-stream.ts'
import { DUMMY_COMMAND, type ExportContainers, exportFailure } from './export-container.ts'

/** Through the docker command: for daemons that are reached by ssh, TCP, TLS or a named pipe. */
export function exportByCommand({
  runId,
  signal,
}: {
  readonly runId: string
  readonly signal: AbortSignal
}): ExportContainers {
  return {
    async create(image) {
      const label = `${RUN_LABEL}=${runId}`
      const options = ['--pull', 'never', '--platform', image.platform, '--network', 'none', '--label', label]
      const argv = ['create', ...options, '--entrypoint', DUMMY_COMMAND, image.id ?? image.reference]
      const { exitCode, stdout, stderr } = await docker(argv)
      if (exitCode !== 0) throw exportFailure(image, stderr)
      return stdout.trim()
    },
    async export(id, image, onChunk) {
      const { exitCode, stderrTail } = await dockerChunks(['export', id], onChunk, signal)
      if (exitCode !== 0) throw exportFailure(image, stderrTail)
    },
    async remove(id) {
      const { exitCode, stderr } = await docker(['rm', '--force', '--volumes', id])
      if (exitCode !== 0 && !/no such container/i.test(stderr)) throw new Error(stderr.trim())
    },
  }
}
