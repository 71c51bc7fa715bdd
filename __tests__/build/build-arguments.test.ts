import { describe, expect, it } from 'vitest'
import { buildArguments, buildEnvironment } from '../../src/build/build-arguments.ts'
import type { BuildSource } from '../../src/plan/plan.ts'
import { makeBuildSource } from './build-source.ts'

const ALWAYS = [
  'buildx build --platform linux/amd64 --provenance=false --sbom=false',
  '--output type=docker,compression=gzip,force-compression=true --progress plain --tag lambda-parity/app:run',
].join(' ')

/** argv after what is always there. */
function options(source: Partial<BuildSource>, proxies: readonly string[] = []): string {
  const argv = buildArguments(makeBuildSource(source), {
    architecture: 'x86_64',
    tag: 'lambda-parity/app:run',
    proxyVariables: proxies,
  })
  const text = argv.join(' ')
  expect(text.startsWith(ALWAYS)).toBe(true)
  return text.slice(ALWAYS.length + 1)
}

describe('buildArguments', () => {
  it.each<[string, Partial<BuildSource>, string]>([
    ['nothing', {}, '--file Dockerfile .'],
    ['context and file', { context: 'app', file: 'docker/Dockerfile' }, '--file docker/Dockerfile app'],
    ['target', { target: 'final' }, '--file Dockerfile --target final .'],
    ['build-args', { buildArgs: { A: '1', B: 'x y=z' } }, '--file Dockerfile --build-arg A=1 --build-arg B=x y=z .'],
    ['build-contexts', { buildContexts: ['shared=../shared'] }, '--file Dockerfile --build-context shared=../shared .'],
    ['ssh', { ssh: ['default'] }, '--file Dockerfile --ssh default .'],
    [
      'caches',
      { cacheFrom: ['type=gha'], cacheTo: ['type=gha,mode=max'] },
      '--file Dockerfile --cache-from type=gha --cache-to type=gha,mode=max .',
    ],
    ['labels', { labels: ['a=b', 'c=d e'] }, '--file Dockerfile --label a=b --label c=d e .'],
    ['pull and no-cache', { pull: true, noCache: true }, '--file Dockerfile --pull --no-cache .'],
    ['network', { network: 'host' }, '--file Dockerfile --network host .'],
  ])('%s', (_name, source, expected) => {
    expect(options(source)).toBe(expected)
  })

  it('selects the builder before the platform', () => {
    const argv = buildArguments(makeBuildSource({ builder: 'big' }), {
      architecture: 'arm64',
      tag: 't',
      proxyVariables: [],
    })
    expect(argv.slice(0, 6)).toEqual(['buildx', 'build', '--builder', 'big', '--platform', 'linux/arm64'])
  })

  it('names secrets and keeps their values out', () => {
    const source = makeBuildSource({
      secrets: [
        { id: 'npm', value: 'top secret' },
        { id: 'file', file: 'dir,1/"x"' },
        { id: 'variable', environmentVariable: 'NPM_TOKEN' },
        { id: 'other', value: 'second' },
      ],
    })
    expect(options(source)).toBe(
      '--file Dockerfile --secret id=npm,env=LAMBDA_PARITY_SECRET_0 --secret id=file,"src=dir,1/""x"""' +
        ' --secret id=variable,env=NPM_TOKEN --secret id=other,env=LAMBDA_PARITY_SECRET_3 .',
    )
    expect(buildEnvironment(source)).toEqual({
      BUILDX_NO_DEFAULT_ATTESTATIONS: '1',
      LAMBDA_PARITY_SECRET_0: 'top secret',
      LAMBDA_PARITY_SECRET_3: 'second',
    })
  })

  it('passes proxies by name, unless the user gave a value', () => {
    expect(options({ buildArgs: { HTTP_PROXY: 'http://own' } }, ['HTTP_PROXY', 'NO_PROXY'])).toBe(
      '--file Dockerfile --build-arg HTTP_PROXY=http://own --build-arg NO_PROXY .',
    )
  })
})

describe('concealed values', () => {
  const source = { buildArgs: { URL: 'postgres://hunter2@db', PLAIN: '1' }, concealed: ['hunter2'] }

  it('reach the build by its environment, under the name of their argument', () => {
    expect(options(source)).toBe('--file Dockerfile --build-arg URL --build-arg PLAIN=1 .')
    expect(buildEnvironment(makeBuildSource(source))).toMatchObject({ URL: 'postgres://hunter2@db' })
    expect(buildEnvironment(makeBuildSource(source))).not.toHaveProperty('PLAIN')
  })
})
