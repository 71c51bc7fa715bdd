// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how Dockerfiles write variables
import { describe, expect, it } from 'vitest'
import { type DockerfileOptions, finalBase } from '../../src/resolve/dockerfile.ts'

const base = (text: string, options: Partial<DockerfileOptions> = {}) =>
  finalBase(text, { buildArgs: {}, buildContexts: [], architecture: 'x86_64', ...options })

const STAGES = `# syntax=docker/dockerfile:1
ARG NODE=22
ARG IMAGE=public.ecr.aws/lambda/nodejs:\${NODE}
FROM node:\${NODE} AS Build
ARG NODE=18
RUN <<EOT
FROM evil
EOT
FROM --platform=$TARGETPLATFORM \\
  $IMAGE \\
  AS runtime
COPY --from=build /app /var/task
FROM runtime AS final
CMD ["index.handler"]
`

describe('finalBase', () => {
  it('follows stages to the image they start from', () => {
    expect(base(STAGES)).toEqual({ from: 'image', reference: 'public.ecr.aws/lambda/nodejs:22', line: 9 })
  })

  it.each([
    ['build', 'node:22'],
    ['BUILD', 'node:22'],
    ['0', 'node:22'],
    ['runtime', 'public.ecr.aws/lambda/nodejs:22'],
  ])('begins at target %s', (target, reference) => {
    expect(base(STAGES, { target })).toMatchObject({ reference })
  })

  it('names the stages when the target is none', () => {
    expect(base(STAGES, { target: 'prod' })).toEqual({ from: 'no-target', stages: ['Build', 'runtime', 'final'] })
    expect(base('FROM a', { target: '1' })).toEqual({ from: 'no-target', stages: [] })
  })

  it('lets build arguments win over defaults, but only those that the file declares', () => {
    expect(base(STAGES, { buildArgs: { NODE: '24' } })).toMatchObject({ reference: 'public.ecr.aws/lambda/nodejs:24' })
    expect(base('FROM a:${V:-1}', { buildArgs: { V: '2' } })).toMatchObject({ reference: 'a:1' })
  })

  it.each([
    ['ARG V=2\nFROM a:${V:-1}', 'a:2'],
    ['ARG V\nFROM a:${V:-1}', 'a:1'],
    ['ARG V=\nFROM a:x${V:-1}', 'a:x1'],
    ['ARG V=\nFROM a:x${V-1}', 'a:x'],
    ['ARG V=2\nFROM a${V:+:tag-$V}', 'a:tag-2'],
    ['FROM a${V:+:tag}', 'a'],
    ['ARG D=7\nFROM a:${V:-${D}}', 'a:7'],
    ['FROM a:$TARGETARCH', 'a:amd64'],
    ['ARG A=x B=y\nFROM $A/$B', 'x/y'],
    ['ARG Q="a:1"\nFROM $Q', 'a:1'],
  ])('expands %j', (text, reference) => {
    expect(base(text)).toMatchObject({ from: 'image', reference })
  })

  it('knows the target architecture', () => {
    expect(base('FROM a:$TARGETARCH', { architecture: 'arm64' })).toMatchObject({ reference: 'a:arm64' })
  })

  it('says what it cannot tell', () => {
    expect(base('FROM scratch')).toEqual({ from: 'scratch', line: 1 })
    expect(base('FROM a:$NOWHERE')).toMatchObject({ from: 'unknown', why: '`FROM a:` is no complete image reference' })
    expect(base('FROM')).toMatchObject({ from: 'unknown' })
    expect(base('# nothing\n')).toEqual({ from: 'no-stage' })
  })

  it('lets a build context take the place of an image or a stage', () => {
    const buildContexts = ['Build=docker-image://alpine:3', 'lib=../lib']
    expect(base(STAGES, { target: 'build' })).toMatchObject({ reference: 'node:22' })
    expect(base('FROM build', { buildContexts })).toMatchObject({ from: 'image', reference: 'alpine:3' })
    expect(base('FROM lib', { buildContexts })).toMatchObject({
      from: 'unknown',
      why: '`lib` is the build context ../lib',
    })
  })

  it('does not follow a stage to itself', () => {
    expect(base('FROM node AS node')).toMatchObject({ from: 'image', reference: 'node' })
  })
})
