import { describe, expect, it } from 'vitest'
import type { Level } from '../../src/checks/check.ts'
import type { GroundedFinding, Grounds } from '../../src/checks/grounds.ts'
import { onePerCause } from '../../src/checks/precedence.ts'
import { makeFinding } from '../builders/report.ts'

type Draft = {
  readonly level?: Level
  readonly subject?: string
  readonly owner?: string
  readonly grounds?: Grounds
}
type Pair = readonly [cause: Draft, consequence: Draft]

/** Where a finding of one rule is the consequence of another's, and where the same two are two causes. */
type Situation = {
  readonly what: string
  readonly one: Pair
  readonly two: Pair
  readonly hides: Readonly<Record<string, readonly string[]>>
}

const A = 'pkg:pypi/a'
const NOTE: Draft = { level: 'note' }
const WARNING: Draft = { level: 'warning' }

const SITUATIONS: readonly Situation[] = [
  {
    what: 'an image for another platform, whatever lies in it',
    one: [{}, {}],
    two: [WARNING, {}],
    hides: {
      'manifest-index': ['image-architecture', 'elf-architecture'],
      'image-architecture': ['elf-architecture'],
    },
  },
  {
    what: 'an image for another processor, and a program that is',
    one: [{}, { grounds: { fault: 'processor' } }],
    two: [{}, { grounds: { fault: 'interpreter' } }],
    hides: { 'image-architecture': ['bootstrap', 'extension'] },
  },
  {
    what: 'errors about one file',
    one: [{ subject: '/a' }, { subject: '/a' }],
    two: [{ subject: '/a' }, { subject: '/b' }],
    hides: {
      'elf-architecture': ['entrypoint', 'bootstrap', 'extension'],
      'libc-family': ['entrypoint', 'bootstrap', 'extension'],
      'missing-interpreter': ['entrypoint', 'bootstrap', 'extension'],
      entrypoint: ['unreadable-file', 'not-executable', 'handler'],
      bootstrap: ['not-executable', 'unreadable-file'],
      'not-executable': ['unreadable-file'],
      'node-platform-package': ['node-prebuild'],
    },
  },
  {
    what: 'an error and a warning about one file',
    one: [{ subject: '/a' }, { subject: '/a', ...WARNING }],
    two: [{ subject: '/a' }, { subject: '/b', ...WARNING }],
    hides: {
      entrypoint: ['foreign-binary', 'corrupt-binary', 'elf-architecture'],
      bootstrap: ['foreign-binary', 'corrupt-binary', 'elf-architecture'],
      extension: ['foreign-binary', 'corrupt-binary', 'elf-architecture'],
    },
  },
  {
    what: 'errors about one package',
    one: [{ owner: A }, { owner: A }],
    two: [{ owner: A }, {}],
    hides: {
      'elf-architecture': ['python-extension-tag', 'python-wheel-tag'],
      'libc-family': ['python-extension-tag', 'python-wheel-tag'],
      'python-extension-tag': ['python-wheel-tag', 'python-record', 'foreign-binary'],
      'symbol-version': ['python-wheel-tag'],
      'missing-library': ['python-wheel-tag'],
      'foreign-binary': ['python-wheel-tag', 'missing-library'],
      'python-record': ['python-wheel-tag'],
      'python-wheel-tag': ['undefined-symbol'],
      'node-platform-package': ['foreign-binary'],
      'node-prebuild': ['foreign-binary'],
      'node-abi': ['foreign-binary'],
      'corrupt-binary': [
        'python-extension-tag',
        'node-platform-package',
        'node-prebuild',
        'node-abi',
        'python-wheel-tag',
        'missing-library',
      ],
    },
  },
  {
    what: 'an error and a warning about one package',
    one: [{ owner: A }, { owner: A, ...WARNING }],
    two: [{ owner: A }, { ...WARNING }],
    hides: {
      'python-extension-tag': ['elf-architecture', 'libc-family'],
      'python-wheel-tag': ['elf-architecture', 'libc-family'],
      'missing-library': ['absolute-rpath'],
      'node-prebuild': ['corrupt-binary'],
    },
  },
  {
    what: 'warnings about one package',
    one: [
      { owner: A, ...WARNING },
      { owner: A, ...WARNING },
    ],
    two: [{ owner: A, ...WARNING }, WARNING],
    hides: { 'python-extension-tag': ['elf-architecture', 'libc-family'] },
  },
  {
    what: 'a folder that is not looked at, and what lies in it',
    one: [{ subject: '/a' }, { subject: '/a/b' }],
    two: [{ subject: '/a' }, { subject: '/ab' }],
    hides: { 'layer-layout': ['python-extension-tag', 'python-wheel-tag'] },
  },
  {
    what: 'two systems, and what was found to break',
    one: [WARNING, WARNING],
    two: [WARNING, {}],
    hides: { 'libc-family': ['os-family'], 'symbol-version': ['os-family', 'os-release'] },
  },
  {
    what: 'two systems, and a library that one of them lacks',
    one: [{ ...WARNING, grounds: { isInBuild: true } }, WARNING],
    // Such a library is absent everywhere: the systems may differ in others.
    two: [{ ...WARNING, grounds: { isInBuild: false } }, WARNING],
    hides: { 'missing-library': ['os-family', 'os-release'] },
  },
  {
    what: 'a glibc that was brought along',
    one: [{}, { grounds: { unmetVersions: ['ZLIB_1.3', 'GLIBC_2.38'] } }],
    two: [{}, { grounds: { unmetVersions: ['GLIBCXX_3.4.31'] } }],
    hides: { 'bundled-libc': ['symbol-version'] },
  },
  {
    what: "a wheel's own libraries that got lost, and what else its RECORD lists",
    one: [{ grounds: { incomplete: '/a-1.dist-info' } }, { ...WARNING, grounds: { incomplete: '/a-1.dist-info' } }],
    two: [{ grounds: { incomplete: '/a-1.dist-info' } }, { ...WARNING, grounds: { incomplete: '/b-1.dist-info' } }],
    hides: { 'missing-library': ['python-record'] },
  },
  {
    what: 'a program that does not start, and whether it would ask for events',
    one: [{}, WARNING],
    two: [{}, {}],
    hides: { entrypoint: ['runtime-interface-client'] },
  },
  {
    what: 'a library that cannot be read, and that is found in place of a missing one',
    one: [
      { ...WARNING, grounds: { files: ['/a/liba.so', '/a/libb.so'] } },
      { ...WARNING, grounds: { passedOver: ['/a/libb.so'] } },
    ],
    two: [
      { ...WARNING, grounds: { files: ['/a/liba.so', '/a/libb.so'] } },
      { ...WARNING, grounds: { passedOver: ['/a/libc.so'] } },
    ],
    hides: { 'corrupt-binary': ['missing-library'] },
  },
  {
    what: 'what is there instead, and that nothing loads it',
    one: [{ grounds: { files: ['/a', '/b'] } }, { ...NOTE, grounds: { files: ['/a/1', '/a/2', '/b/3'] } }],
    two: [{ grounds: { files: ['/a', '/b'] } }, { ...NOTE, grounds: { files: ['/a/1', '/c/2'] } }],
    hides: {
      'node-platform-package': ['elf-architecture', 'libc-family', 'foreign-binary'],
      'python-extension-tag': ['elf-architecture', 'libc-family', 'foreign-binary'],
    },
  },
]

function rulesLeft(rules: readonly [string, string], drafts: Pair): readonly string[] {
  const findings = drafts.map((draft, index): GroundedFinding => {
    const { grounds: _, ...plain } = makeFinding({ rule: rules[index] ?? '', subject: `/${index}` })
    return { ...plain, ...draft }
  })
  return onePerCause(findings).map(({ rule }) => rule)
}

describe.each(SITUATIONS)('$what', ({ one, two, hides }) => {
  const rows = Object.entries(hides).flatMap(([cause, others]) => others.map((other) => [cause, other] as const))

  it.each(rows)('%s is the cause of %s', (cause, other) => {
    expect(rulesLeft([cause, other], one)).toEqual([cause])
    expect(rulesLeft([cause, other], two)).toEqual([cause, other])
  })
})
