import type { Container, ContainerSpec, Containers, Engine } from '../../src/ports/containers.ts'
import type { EmulatorBinaries } from '../../src/ports/emulator.ts'
import type { Invocations, RawAnswer, Route } from '../../src/ports/invocations.ts'
import { RECORDINGS } from './recordings.ts'

async function notImplemented(): Promise<never> {
  throw new Error('not implemented')
}

const ENGINE: Engine = { version: '28.5', architecture: 'x86_64', limitsMemory: true, limitsSwap: true }

/** An engine that can do nothing but what a test says. */
export function fakeContainers(overrides: Partial<Containers> = {}): Containers {
  return {
    engine: ENGINE,
    readImageFile: notImplemented,
    createVolume: notImplemented,
    createLayerVolume: notImplemented,
    createFolderVolume: notImplemented,
    createInternalNetwork: notImplemented,
    start: notImplemented,
    ...overrides,
  }
}

export function fakeEmulators(overrides: Partial<EmulatorBinaries> = {}): EmulatorBinaries {
  return { local: notImplemented, release: notImplemented, ...overrides }
}

/** A container that runs and has the log of a healthy function. */
export function fakeContainer(overrides: Partial<Container> = {}): Container {
  return {
    id: 'container',
    state: async () => ({ running: true, exitCode: 0, address: '172.18.0.2' }),
    logs: async () => RECORDINGS.success.logs,
    outOfMemoryKills: async () => 0,
    [Symbol.asyncDispose]: async () => undefined,
    ...overrides,
  }
}

export type EngineRecord = { readonly started: ContainerSpec[]; open: number }

/** An x86_64 engine on this machine that counts what it has made and not removed. */
export function fakeEngine(container: Partial<Container> = {}): Containers & { readonly record: EngineRecord } {
  const record: EngineRecord = { started: [], open: 0 }
  const made = () => {
    record.open += 1
    return {
      [Symbol.asyncDispose]: async () => {
        record.open -= 1
      },
    }
  }
  return {
    record,
    engine: ENGINE,
    readImageFile: notImplemented,
    createVolume: async () => ({ name: 'volume', ...made() }),
    createLayerVolume: async () => ({ name: 'layer', ...made() }),
    createFolderVolume: async () => ({ name: 'folder', ...made() }),
    createInternalNetwork: async () => ({ name: 'internal', ...made() }),
    async start(spec) {
      record.started.push(spec)
      return { ...fakeContainer(container), ...made() }
    },
  }
}

/** Answers by the route taken. */
export function fakeInvocations(answer: (route: Route) => RawAnswer): Invocations & { readonly routes: Route[] } {
  const routes: Route[] = []
  return {
    routes,
    async invoke(route) {
      routes.push(route)
      return answer(route)
    },
  }
}
