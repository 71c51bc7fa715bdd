import { describe, expect, it } from 'vitest'
import type { Subject } from '../../../src/checks/check.ts'
import { located } from '../../../src/checks/facts/location.ts'
import type { ImagePlan } from '../../../src/plan/plan.ts'
import { makeBuildSource } from '../../build/build-source.ts'
import { baseFiles, makeEvidence, makeFile, makeImageFacts } from '../../builders/evidence.ts'
import { makePlan } from '../../builders/plan.ts'
import { makeFinding } from '../../builders/report.ts'
import { makeRuntimeEvidence, makeRuntimeFacts, makeSubject } from '../../builders/subject.ts'

const DOCKERFILE = `FROM gcc:12 AS build
RUN make

FROM public.ecr.aws/lambda/nodejs:22
ENV NODE_OPTIONS=--enable-source-maps
COPY --from=build /src/addon.node ./
COPY . /var/task
RUN gcc -shared -o /var/task/other.node other.c
CMD ["index.handler"]
`
const files = [
  ...baseFiles(),
  makeFile('/var/task/addon.node'),
  makeFile('/var/task/other.node'),
  makeFile('/srv/data'),
]

function subject(plan: Partial<ImagePlan>): Subject {
  const history = [{ createdBy: 'COPY app /var/task/ # buildkit', comment: '' }]
  const artifact = makeEvidence({ files, image: makeImageFacts({ history }) })
  const runtimes = [makeRuntimeFacts(makeRuntimeEvidence({ files: baseFiles() }))]
  return makeSubject({ artifact, runtimes, plan: makePlan(plan) })
}

const built = subject({
  dockerfile: DOCKERFILE,
  source: makeBuildSource({ file: 'app/Dockerfile' }),
  base: { reference: 'public.ecr.aws/lambda/nodejs:22', line: 4 },
  buildImage: { from: 'stage', name: 'build', line: 1 },
})

describe('the line that brought a subject in', () => {
  it.each([
    ['/var/task/addon.node', [], 6],
    ['/var/task/other.node', [], 8],
    // A chain begins with the file that is loaded.
    ['libgone.so.1', ['/var/task/addon.node -> libgone.so.1 (not found)'], 6],
    ['/var/task/absent', [], undefined],
    ['/usr/lib64/libc.so.6', [], 4],
    // Neither an instruction nor the base tells: no line is better than a wrong one.
    ['/srv/data', [], undefined],
    ['CMD', [], 9],
    ['NODE_OPTIONS', [], 5],
    ['PATH', [], undefined],
    ['FROM', [], 4],
    ['manifest', [], undefined],
  ])('of %s %j is %s', (path, examples, line) => {
    const [finding] = located([makeFinding({ subject: path, examples })], built)
    expect(finding?.location).toEqual(line === undefined ? undefined : { file: 'app/Dockerfile', line })
    expect(finding?.message).toBe(makeFinding().message)
  })

  it.each([
    ['os-family', 1],
    ['os-release', 1],
    // What the final stage installs is compared with the base.
    ['package-drift', 4],
  ])('of %s, which is about no file, is the FROM that decided it', (rule, line) => {
    const [finding] = located([makeFinding({ rule, subject: 'system', examples: [] })], built)
    expect(finding?.location).toEqual({ file: 'app/Dockerfile', line })
  })

  it('is unknown for an image that was not built here: the history tells the instruction', () => {
    const given = subject({ source: { from: 'reference', image: 'registry.example/app:1', pull: false } })
    const [finding] = located([makeFinding({ subject: '/var/task/addon.node' })], given)
    expect(finding?.location).toBeUndefined()
    expect(finding?.message).toMatch(/; brought in by `COPY app \/var\/task\/`$/)
  })
})

describe('of a layer', () => {
  const container = { script: '', arguments: [], without: [] }
  const source = { from: 'source', path: 'src', how: 'requirements.txt with pip', installs: true, container } as const
  const layer = (manifest?: { file: string; text: string }): Subject =>
    makeSubject({ plan: makePlan({ kind: 'layer', source: { ...source, ...(manifest && { manifest }) } }) })

  it('the line of the manifest that asks for the package', () => {
    const manifest = { file: 'src/requirements.txt', text: 'requests\nnumpy==2.1\n' }
    const findings = ['pkg:pypi/numpy', 'pkg:pypi/brought'].map((owner) => makeFinding({ owner }))
    expect(located(findings, layer(manifest)).map(({ location }) => location)).toEqual([
      { file: 'src/requirements.txt', line: 2 },
      undefined,
    ])
    expect(located(findings, layer())).toEqual(findings)
  })
})
