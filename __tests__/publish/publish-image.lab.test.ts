import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { aws } from '../../src/adapters/aws/aws.ts'
import { dockerBuilder } from '../../src/adapters/docker-build.ts'
import { dockerEngine } from '../../src/adapters/docker-engine.ts'
import { dockerImages } from '../../src/adapters/docker-images.ts'
import { dockerRegistry } from '../../src/adapters/docker-registry.ts'
import { buildImage } from '../../src/build/build-image.ts'
import { judgeEngine } from '../../src/build/judge-engine.ts'
import { MEDIA_TYPES } from '../../src/build/manifest-facts.ts'
import type { Ecr } from '../../src/ports/ecr.ts'
import { publishImage } from '../../src/publish/publish-image.ts'
import { type LabEngines, labEngines } from '../adapters/lab-engines.ts'
import { makeBuildSource } from '../build/build-source.ts'
import { makePublishPlan } from '../builders/aws.ts'
import { fakeLog } from '../builders/ports.ts'
import { type Started, started, uniqueName } from '../lab/aws/started.ts'

const TIME_LIMIT = 120_000

let engines: LabEngines
let lab: Started
let folder: string

beforeAll(async () => {
  engines = await labEngines()
  lab = await started()
  folder = await mkdtemp(join(tmpdir(), 'publish-test-'))
  await writeFile(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY Dockerfile /file\nCMD ["/file"]\n')
})

afterAll(async () => {
  await lab.aws.stop()
  await rm(folder, { recursive: true, force: true })
})

/** A tiny image built on the engine of DOCKER_HOST, and what publishing needs. Docker configurations are made in `logins`. */
async function built() {
  const { signal } = new AbortController()
  const log = fakeLog()
  const engine = judgeEngine(await dockerEngine.facts())
  const images = dockerImages({ signal, log })
  const logins = await mkdtemp(join(folder, 'logins-'))
  const registry = dockerRegistry({ engine, images, log, signal, temporaryDirectory: logins })
  const artifact = await buildImage(
    {
      source: makeBuildSource({
        context: folder,
        file: join(folder, 'Dockerfile'),
        labels: [`unique=${uniqueName('x')}`],
      }),
      architecture: 'x86_64',
      name: 'publish-test',
      runId: uniqueName('publish'),
      environment: {},
    },
    { builder: dockerBuilder({ signal }), images, log },
  )
  onTestFinished(() => images.remove(artifact.reference))
  vi.stubEnv('AWS_ENDPOINT_URL', lab.aws.endpoint)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIASTANDIN')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
  const ecr = aws(signal).ecr(lab.aws.region)
  return { artifact, logins, ports: { ecr, registry, log, known: () => undefined } }
}

function newRepository() {
  return makePublishPlan({
    repository: uniqueName('publish'),
    createRepository: true,
    region: lab.aws.region,
    tags: ['a', 'b'],
  })
}

describe.each(['classic', 'containerd'] as const)('on the %s image store', (store) => {
  beforeAll(() => {
    vi.stubEnv('DOCKER_HOST', store === 'classic' ? engines.hosts.default : engines.hosts.containerd)
    return () => vi.unstubAllEnvs()
  })

  it('pushes one verified manifest once, and leaves no login behind', { timeout: TIME_LIMIT }, async () => {
    const { artifact, logins, ports } = await built()
    const plan = newRepository()
    const first = await publishImage(plan, artifact, 'x86_64', ports)
    expect(first).toMatchObject({ repositoryUri: `${lab.aws.registryHost}/${plan.repository}`, reused: false })
    expect([MEDIA_TYPES.dockerManifest, MEDIA_TYPES.ociManifest]).toContain(first.mediaType)
    expect(await readdir(logins)).toEqual([])
    expect(await publishImage(plan, artifact, 'x86_64', ports)).toEqual({ ...first, reused: true })
  })

  it('logs in once more when the token has expired', { timeout: TIME_LIMIT }, async () => {
    const { artifact, ports } = await built()
    let logins = 0
    const login: Ecr['login'] = async () => {
      logins += 1
      const token = await ports.ecr.login()
      if (logins === 1) lab.aws.expireTokens()
      return token
    }
    const publication = await publishImage(newRepository(), artifact, 'x86_64', {
      ...ports,
      ecr: { ...ports.ecr, login },
    })
    expect([logins, publication.reused]).toEqual([2, false])
  })
})
