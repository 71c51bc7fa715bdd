import { readFile, stat } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { parseArchitecture } from '../lambda/architecture.ts'
import type { ContainerSpec, Containers, Engine } from '../ports/containers.ts'
import type { ServerFacts } from '../ports/engine.ts'
import { type TarEntry, tarHeader, tarPadding } from '../tar/tar-entry.ts'
import { docker } from './docker-command.ts'
import { startContainer } from './docker-container.ts'
import { type DockerRun, dockerResources, unlessAborted } from './docker-resources.ts'
import { folderTar } from './folder-tar.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { zipTar } from './zip-tar.ts'

/** The Docker engine that the docker command talks to, local or not. `signal`: what is made after it is removed at once. */
export function dockerContainers(run: DockerRun, server: ServerFacts): Containers {
  const resources = dockerResources(run)
  return {
    engine: smokeEngine(server),
    async readImageFile(image, path) {
      await using idle = await resources.createIdle(image, [])
      await using folder = await temporaryFolder()
      const target = join(folder.path, 'file')
      const copied = await docker(['cp', '--follow-link', `${idle.id}:${path}`, target])
      if (copied.exitCode !== 0 || !(await stat(target)).isFile()) return undefined
      return await readFile(target)
    },
    async createVolume(through, { name, content }) {
      return await resources.createFilledVolume(through, executable(name, content))
    },
    async createLayerVolume(through, zip) {
      return await resources.createFilledVolume(through, zipTar(zip, run.signal))
    },
    async createFolderVolume(through, folder, without) {
      return await resources.createFilledVolume(through, folderTar(folder, { without }))
    },
    async createInternalNetwork() {
      return await resources.createNamed('network', ['--internal', '--driver', 'bridge'])
    },
    async start(spec: ContainerSpec) {
      const container = await startContainer(spec, { name: resources.newName(), runId: run.runId })
      await unlessAborted(run.signal, container)
      return container
    },
  }
}

async function* executable(path: string, content: Uint8Array): AsyncGenerator<Uint8Array> {
  // Folders that the engine makes by itself are nobody else's to read.
  const folder = posix.dirname(path)
  if (folder !== '.') yield tarHeader({ path: folder, type: 'directory', mode: 0o755, size: 0 })
  const entry: TarEntry = { path, type: 'file', mode: 0o755, size: content.length }
  yield tarHeader(entry)
  yield content
  yield tarPadding(content.length)
}

/** What the run asked at its beginning: `docker info` starts every plugin of the client to ask for its version. */
function smokeEngine({ version, architecture, limitsMemory, limitsSwap }: ServerFacts): Engine {
  return { version, architecture: parseArchitecture(architecture), limitsMemory, limitsSwap }
}
