import type { BuildSource } from '../../src/plan/plan.ts'

/** A build without any option. */
export function makeBuildSource(overrides: Partial<BuildSource> = {}): BuildSource {
  return {
    from: 'build',
    context: '.',
    file: 'Dockerfile',
    buildArgs: {},
    buildContexts: [],
    secrets: [],
    ssh: [],
    cacheFrom: [],
    cacheTo: [],
    labels: [],
    pull: false,
    noCache: false,
    ...overrides,
  }
}
