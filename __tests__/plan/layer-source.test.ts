import { describe, expect, it } from 'vitest'
import { makePlan } from '../../src/plan/make-plan.ts'
import type { LayerBuildSource } from '../../src/plan/plan.ts'
import { type InputTexts, makeContext, read } from '../builders/inputs.ts'

function source(texts: InputTexts, layerSource: readonly string[]): LayerBuildSource {
  const { inputs, problems } = read({ kind: 'layer', runtime: 'python3.13', 'layer-source': 'src', ...texts })
  expect(problems).toEqual([])
  const made = makePlan(inputs, makeContext(), { credentials: 'none', layerSource, warnings: [] })
  if (made.kind !== 'layer' || made.source.from !== 'source') throw new Error('no build was planned')
  return made.source
}

describe('layerSource', () => {
  it.each([
    ['python3.13', ['requirements.txt', 'app.py'], 'requirements.txt with pip'],
    ['python3.13', ['pyproject.toml', 'uv.lock', 'requirements.txt'], 'uv.lock with uv'],
    ['python3.13', ['pyproject.toml'], 'pyproject.toml with pip'],
    ['nodejs22.x', ['package.json', 'package-lock.json'], 'package-lock.json with npm'],
    ['nodejs22.x', ['package.json', 'npm-shrinkwrap.json', 'package-lock.json'], 'npm-shrinkwrap.json with npm'],
    ['nodejs22.x', ['package.json', 'pnpm-lock.yaml'], 'pnpm-lock.yaml with pnpm'],
    ['nodejs22.x', ['package.json', 'yarn.lock'], 'yarn.lock with yarn'],
    ['nodejs22.x', ['package.json', 'requirements.txt'], 'package.json with npm'],
    ['ruby3.4', ['Gemfile', 'Gemfile.lock'], 'Gemfile.lock with Bundler'],
    ['ruby3.4', ['Gemfile'], 'Gemfile with Bundler'],
    ['java21', ['pom.xml', 'package.json'], 'pom.xml with Maven'],
  ])('of %s with %j installs %s', (runtime, names, how) => {
    expect(source({ runtime }, names)).toMatchObject({ from: 'source', path: 'src', how, installs: true })
  })

  it.each([
    [['package.json', 'package-lock.json'], 'npm ci --omit=dev'],
    [['package.json', 'pnpm-lock.yaml'], '--frozen-lockfile --prod'],
    [['package.json', 'yarn.lock'], '--immutable'],
  ])('with %j honours the lock file', (names, words) => {
    expect(source({ runtime: 'nodejs22.x' }, names).container.script).toContain(words)
  })

  it('honours the lock files of uv and Bundler', () => {
    expect(source({}, ['pyproject.toml', 'uv.lock']).container.script).toContain('export --frozen --no-dev')
    expect(source({ runtime: 'ruby3.4' }, ['Gemfile', 'Gemfile.lock']).container.script).toContain('frozen true')
    expect(source({ runtime: 'ruby3.4' }, ['Gemfile']).container.script).not.toContain('frozen true')
  })

  it('takes no wheel that needs a newer C library than the oldest runtime has', () => {
    const { script } = source({}, ['requirements.txt']).container
    expect(script).toContain('(major, minor) <= (2, 34)')
    const both = source({ 'compatible-runtimes': 'python3.13, python3.11' }, ['requirements.txt'])
    expect(both.container.script).toContain('(major, minor) <= (2, 26)')
    const uv = (texts: InputTexts) => source(texts, ['pyproject.toml', 'uv.lock']).container.script
    expect(uv({})).toContain('--python-platform x86_64-manylinux_2_34')
    expect(uv({ architecture: 'arm64' })).toContain('--python-platform aarch64-manylinux_2_34')
    expect(uv({ runtime: 'python3.11' })).toContain('--python-platform x86_64-manylinux2014')
  })

  it('leaves it to the build image when another image stands for the runtime', () => {
    const script = source({ 'runtime-image': 'r:1' }, ['requirements.txt']).container.script
    expect(script).not.toContain('manylinux_compatible')
  })

  it('runs `build-command` with everything that is there, manifest or not', () => {
    const { how, installs, container } = source({ 'build-command': 'make build', 'ca-bundle': 'ca.pem' }, [])
    expect([how, installs, container.arguments]).toEqual(['`build-command`', false, ['make build']])
    expect(container).toMatchObject({ without: [], caBundle: 'ca.pem' })
    expect(source({}, ['requirements.txt']).container.without).toContain('node_modules')
  })
})

it.each([
  [
    'python3.13',
    ['pyproject.toml', 'poetry.lock'],
    /^`layer-source` has `poetry.lock` too, .* from pyproject.toml with pip\./,
  ],
  [
    'nodejs22.x',
    ['package.json', 'package-lock.json', 'yarn.lock'],
    /`yarn.lock` too, .* package-lock.json with npm\./,
  ],
])('says which lock file is not read, %s %j', (runtime, layerSource, said) => {
  const warnings = (texts: InputTexts) => {
    const { inputs } = read({ kind: 'layer', runtime, 'layer-source': 'src', ...texts })
    return makePlan(inputs, makeContext(), { credentials: 'none', layerSource, warnings: [] }).warnings
  }
  expect(warnings({})).toEqual([expect.stringMatching(said)])
  expect(warnings({ 'build-command': 'make' })).toEqual([])
})

it('says nothing of the lock file that is read', () => {
  const { inputs } = read({ kind: 'layer', runtime: 'python3.13', 'layer-source': 'src' })
  const layerSource = ['pyproject.toml', 'uv.lock']
  expect(makePlan(inputs, makeContext(), { credentials: 'none', layerSource, warnings: [] }).warnings).toEqual([])
})
