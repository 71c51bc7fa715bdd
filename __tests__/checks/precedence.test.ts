import { describe, expect, it } from 'vitest'
import type { Level } from '../../src/checks/check.ts'
import type { Grounds } from '../../src/checks/grounds.ts'
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

  it('never lets two rules explain each other away', () => {
    const ids = CHECKS.map(({ id }) => id)
    // Everything that a condition of the table asks for.
    const owner = 'pkg:pypi/a'
    const grounds: Required<Grounds> = {
      files: ['/a'],
      passedOver: ['/a'],
      unmetVersions: ['GLIBC_2.38'],
      isInBuild: true,
      incomplete: '/a-1.dist-info',
      fault: 'processor',
    }
    const pairs = ids.flatMap((one) => ids.flatMap((other) => (one < other ? [[one, other]] : [])))
    for (const level of ['error', 'warning'] as const) {
      const lost = pairs.filter(
        (pair) => onePerCause(pair.map((rule) => ({ ...finding(rule, level, '/a'), owner, grounds }))).length === 0,
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

  it('what a package without an addon for this platform has for others', () => {
    const folder = '/opt/nodejs/node_modules/leveldown'
    const owner = { owner: 'pkg:npm/leveldown' }
    const found = [
      { ...finding('elf-architecture', 'warning', `${folder}/prebuilds`), ...owner },
      { ...finding('libc-family', 'warning', `${folder}/prebuilds/linux-x64/node.napi.musl.node`), ...owner },
      { ...finding('node-prebuild', 'error', folder), ...owner },
    ]
    expect(onePerCause(found).map(({ rule }) => rule)).toEqual(['node-prebuild'])
    const lesser = found.map((one) => ({ ...one, level: 'warning' as const }))
    expect(onePerCause(lesser)).toHaveLength(3)
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
