import { describe, expect, it } from 'vitest'
import type { Level } from '../../src/checks/check.ts'
import { CHECKS } from '../../src/checks/index.ts'
import { onePerCause } from '../../src/checks/precedence.ts'
import { runChecks } from '../../src/checks/run-checks.ts'
import { baseElf, baseFiles, makeElf, makeEvidence, makeFile, makeImageFacts } from '../builders/evidence.ts'
import { makeFinding } from '../builders/report.ts'
import { makeSubject } from '../builders/subject.ts'

function finding(rule: string, level: Level = 'error', subject = 'image') {
  return makeFinding({ rule, level, subject, message: rule, count: 3 })
}

describe('onePerCause', () => {
  it('reports the cause and says what else saw it', () => {
    const findings = [
      finding('elf-architecture', 'error', '/a'),
      finding('image-architecture'),
      finding('elf-architecture', 'error', '/b'),
    ]
    expect(onePerCause(findings)).toEqual([
      { ...finding('image-architecture'), message: 'image-architecture; also seen by `elf-architecture` (6 places)' },
    ])
  })

  it.each<[cause: Level, other: Level, hidden: boolean]>([
    ['error', 'warning', true],
    ['error', 'note', false],
    // What was found to break is more specific than the guess that two systems differ.
    ['warning', 'warning', true],
    ['warning', 'error', false],
    ['note', 'note', false],
  ])('symbol-version %s, os-release %s: hidden %s', (cause, other, hidden) => {
    const rules = onePerCause([finding('symbol-version', cause), finding('os-release', other)]).map(({ rule }) => rule)
    expect(rules).toEqual(hidden ? ['symbol-version'] : ['symbol-version', 'os-release'])
  })

  it.each<[actual: string, hidden: boolean]>([
    ['not found; the build stage `build` has it in `/usr/lib`', true],
    // Such a library is absent everywhere: the systems may differ in others.
    ['not found', false],
  ])('a missing library (%s) explains os-family: %s', (actual, hidden) => {
    const cause = { ...finding('missing-library', 'warning', '/a'), actual }
    const rules = onePerCause([cause, finding('os-family', 'warning')]).map(({ rule }) => rule)
    expect(rules).toEqual(hidden ? ['missing-library'] : ['missing-library', 'os-family'])
  })

  it.each<[what: string, paths: readonly string[], hidden: boolean]>([
    ['in the variant that is installed instead', ['/m/@a/b-darwin/b.node'], true],
    ['beside it too', ['/m/@a/b-darwin/b.node', '/m/c/c.node'], false],
  ])('a missing variant explains dead weight %s: %s', (_, paths, hidden) => {
    const cause = { ...finding('node-platform-package', 'error', '/m/@a/b'), examples: ['/m/@a/b-darwin'] }
    const weight = { ...finding('foreign-binary', 'note', '/m'), count: paths.length, examples: paths }
    const rules = onePerCause([cause, weight]).map(({ rule }) => rule)
    expect(rules).toEqual(hidden ? ['node-platform-package'] : ['node-platform-package', 'foreign-binary'])
  })

  it('a module of another system, which Python passes over, is no dead weight too', () => {
    const path = '/opt/python/_cffi_backend.cpython-311-darwin.so'
    const found = (['python-extension-tag', 'foreign-binary'] as const).map((rule, at) => ({
      ...finding(rule, at === 0 ? 'warning' : 'note', path),
      count: 1,
      examples: [path],
    }))
    expect(onePerCause(found).map(({ rule }) => rule)).toEqual(['python-extension-tag'])
  })

  it('never lets two rules explain each other away', () => {
    const ids = CHECKS.map(({ id }) => id)
    // Everything that a condition of the table asks for.
    const words = { owner: 'pkg:pypi/a', expected: '`x86_64`', actual: 'GLIBC_2.38; the build stage `b` has it' }
    const pairs = ids.flatMap((one) => ids.flatMap((other) => (one < other ? [[one, other]] : [])))
    for (const level of ['error', 'warning'] as const) {
      const lost = pairs.filter(
        (pair) => onePerCause(pair.map((rule) => ({ ...finding(rule, level, '/a'), ...words }))).length === 0,
      )
      expect(lost).toEqual([])
    }
  })

  it('takes two rules for one cause only when they speak of one file', () => {
    const apart = [finding('entrypoint', 'error', '/a'), finding('unreadable-file', 'error', '/b')]
    expect(onePerCause(apart)).toEqual(apart)
    const together = [finding('entrypoint', 'error', '/a'), finding('unreadable-file', 'error', '/a')]
    expect(onePerCause(together).map(({ rule }) => rule)).toEqual(['entrypoint'])
  })
})

describe('one root cause is one finding', () => {
  it('an arm64 image for an x86_64 function', () => {
    const paths = Array.from({ length: 40 }, (_, index) => `/var/task/node_modules/p${index}/addon.node`)
    const artifact = makeEvidence({
      image: makeImageFacts({ architecture: 'arm64' }),
      files: [...baseFiles(), makeFile('/var/task/index.js'), ...paths.map((path) => makeFile(path))],
      elf: [...baseElf(), ...paths.map((path) => makeElf(path, { machine: 183 }))],
    })
    const { findings } = runChecks(makeSubject({ artifact }))
    expect(findings.map(({ rule }) => rule)).toEqual(['image-architecture'])
    expect(findings[0]?.message).toContain('also seen by `elf-architecture` (40 places)')
  })

  it('a package of another platform whose loader would also take a file of its own', () => {
    const folder = '/opt/nodejs/node_modules/lightningcss'
    const found = ['node-prebuild', 'node-platform-package'].map((rule) => finding(rule, 'error', folder))
    const elsewhere = finding('node-prebuild', 'error', '/opt/nodejs/node_modules/canvas')
    expect(onePerCause([...found, elsewhere]).map(({ rule, subject }) => [rule, subject])).toEqual([
      ['node-platform-package', folder],
      ['node-prebuild', elsewhere.subject],
    ])
  })

  it("a wheel's own libraries that got lost, and what else its RECORD lists", () => {
    const owner = 'pkg:pypi/fast'
    const told = (rule: string, message: string, level: Level = 'warning') => ({
      ...finding(rule, level, `/${rule}`),
      message,
      owner,
    })
    const cause = told('missing-library', 'it needs `a`; its RECORD lists 2 libraries that are not there', 'error')
    const listed = told('python-record', '2 compiled files that its RECORD lists are not there')
    const requirement = told('python-record', 'requires `numpy`, which is not there')
    expect(onePerCause([cause, listed, requirement]).map(({ message }) => message)).toEqual([
      `${cause.message}; also seen by \`python-record\` (3 places)`,
      requirement.message,
    ])
    // A library of the system that is missing is another cause.
    const system = { ...cause, message: 'it needs `libGL.so.1`' }
    expect(onePerCause([system, listed])).toEqual([system, listed])
  })

  it.each([
    ['python-extension-tag', 'elf-architecture', 'is for another processor'],
    ['python-extension-tag', 'libc-family', 'is linked for musl'],
    ['corrupt-binary', 'missing-library', 'found `/corrupt-binary`, which cannot be read'],
  ])('what %s and %s warn of in one package', (rule, hidden, message) => {
    const owner = 'pkg:pypi/fast'
    const warnings = [rule, hidden].map((id) => ({ ...finding(id, 'warning', `/${id}`), owner }))
    const seen = warnings.map((one) => (one.rule === hidden ? { ...one, message } : one))
    expect(onePerCause(seen).map((one) => one.rule)).toEqual([rule])
    const others = seen.map((one) => ({ ...one, message: one.rule, owner: `pkg:pypi/${one.rule}` }))
    expect(onePerCause(others)).toHaveLength(2)
  })

  it('a start script that only its owner may use', () => {
    const artifact = makeEvidence({
      image: makeImageFacts({ entrypoint: ['/var/task/start.sh'], command: [] }),
      files: [...baseFiles(), makeFile('/var/task/start.sh', { mode: 0o700 })],
    })
    const { findings } = runChecks(makeSubject({ artifact }))
    expect(findings.map(({ rule, subject }) => [rule, subject])).toEqual([['entrypoint', '/var/task/start.sh']])
  })
})
