import { ActionError } from '../errors.ts'
import type { ContainerEngine, Engine, EngineFacts } from '../ports/engine.ts'
import { isOlder } from './engine-version.ts'

/** First engine whose seccomp profile lets glibc 2.34+ (Amazon Linux 2023) start threads: clone3 gets ENOSYS (moby#42681). */
export const OLDEST_ENGINE = '20.10.10'
/** First buildx that has --provenance and --sbom (buildx release notes 0.10.0). */
export const OLDEST_BUILDX = '0.10.0'

const CONTAINERS = {
  needed: `Docker Engine ${OLDEST_ENGINE} or newer for Linux containers`,
  podman: 'This action is tried with Docker’s own engine only',
}
const IMAGES: Need = {
  needed: `${CONTAINERS.needed} and buildx ${OLDEST_BUILDX} or newer`,
  podman: 'Podman has no buildx, with which this action builds and reads manifests',
}
type Need = typeof CONTAINERS

const HOSTED = 'ubuntu-latest (x86_64) and ubuntu-24.04-arm (arm64) have it'

/** The engine to work with; throws `docker-unavailable` that says what was found, what is needed and how to get it. */
export function judgeEngine(facts: EngineFacts): Engine {
  const { client, server } = judge(facts, IMAGES)
  const { buildx } = client
  if (buildx === undefined) {
    throw unavailable(
      `Docker ${client.version} was found, but not its buildx plugin (needed: ${OLDEST_BUILDX} or newer).`,
      'Put a step with docker/setup-buildx-action before this one, or install the package docker-buildx-plugin (Debian and Ubuntu: docker-buildx) on this runner.',
    )
  }
  if (isOlder(buildx, OLDEST_BUILDX)) {
    throw unavailable(
      `The buildx plugin is too old: found ${buildx}, needed ${OLDEST_BUILDX} or newer (older ones cannot leave attestations out).`,
      'Put a step with docker/setup-buildx-action before this one, or update the package docker-buildx-plugin on this runner.',
    )
  }
  return { client: { ...client, buildx }, server }
}

/** The same of an engine that only has to run containers: a layer is built and tried without buildx. */
export function judgeContainerEngine(facts: EngineFacts): ContainerEngine {
  return judge(facts, CONTAINERS)
}

function judge(facts: EngineFacts, need: Need): ContainerEngine {
  const { client, server } = facts
  if (client === undefined) throw noClient(facts.runner, need)
  if (client.podman || server?.podman) throw podman(client.podman, need)
  if (server === undefined) throw noServer(facts, need)
  if (server.os !== 'linux') {
    throw unavailable(
      `The Docker engine (${server.version}) runs ${server.os} containers; Lambda images are Linux images.`,
      facts.runner === 'win32'
        ? `GitHub's Windows runners only have an engine for Windows containers. Run this job on a Linux runner: ${HOSTED}.`
        : `Switch the engine to Linux containers, or run this job on a Linux runner: ${HOSTED}.`,
    )
  }
  if (isOlder(server.version, OLDEST_ENGINE)) {
    throw unavailable(
      `The Docker engine is too old: found ${server.version}, needed ${OLDEST_ENGINE} or newer (older ones cannot run Amazon Linux 2023).`,
      'Update Docker Engine on this runner: https://docs.docker.com/engine/install/',
    )
  }
  return { client, server }
}

function noClient(runner: string, { needed }: Need): ActionError {
  if (runner === 'darwin') {
    return unavailable(
      'The docker command was not found: this is a macOS runner, and GitHub’s macOS runners have no Docker.',
      `Run this job on a Linux runner: ${HOSTED}. On a Mac of your own, start Docker Desktop or Colima first.`,
    )
  }
  if (runner === 'win32') {
    return unavailable(
      'The docker command was not found on this Windows runner.',
      `Run this job on a Linux runner: ${HOSTED}.`,
    )
  }
  return unavailable(
    `The docker command was not found: it is not installed or not in PATH. Needed: ${needed}.`,
    `Use a runner that has Docker (${HOSTED}), or install it in a step before this one: https://docs.docker.com/engine/install/`,
  )
}

function podman(shim: boolean, need: Need): ActionError {
  return unavailable(
    shim
      ? `The docker command is Podman’s stand-in. Needed: ${need.needed}.`
      : `The docker command talks to Podman’s service. Needed: ${need.needed}.`,
    `${need.podman}. Install Docker Engine beside it and ${
      shim ? 'remove the package podman-docker' : 'point DOCKER_HOST or the Docker context to it'
    }, or use a hosted runner: ${HOSTED}.`,
  )
}

function noServer(facts: EngineFacts, { needed }: Need): ActionError {
  const problem = facts.problem ?? 'it gave no reason'
  const where = endpointWords(facts)
  if (/permission denied/i.test(problem)) {
    return unavailable(
      `Docker is installed, but this user may not talk to its engine${where}: ${problem}`,
      'Add the runner’s user to the group "docker" and start the runner again (sudo usermod -aG docker <user>), or give a job that runs in a container the socket with its group id.',
    )
  }
  if (/client version .* is too (new|old)/i.test(problem)) {
    return unavailable(
      `The docker command (${facts.client?.version ?? 'unknown version'}) and the engine${where} do not understand each other: ${problem}`,
      `Update the older of the two. Needed: ${needed}.`,
    )
  }
  return unavailable(
    `Docker is installed, but its engine${where} does not answer: ${problem}`,
    facts.dockerHost === undefined
      ? 'Start it (sudo systemctl start docker), or point DOCKER_HOST or the Docker context to one that runs.'
      : 'Check that DOCKER_HOST names an engine that runs and can be reached from this job (a docker:dind service needs a moment to start), or unset it to use the local one.',
  )
}

function endpointWords({ dockerHost, client }: EngineFacts): string {
  if (dockerHost !== undefined) return ` (DOCKER_HOST=${dockerHost})`
  return client === undefined || client.context === 'default' ? '' : ` (Docker context ${client.context})`
}

function unavailable(message: string, help: string): ActionError {
  return new ActionError('docker-unavailable', message, { help })
}
