import { describe, expect, it } from 'vitest'
import type { SmokeReport } from '../../../src/report/report.ts'
import { importCases } from '../../../src/smoke/layer/import-cases.ts'

const report = (status: 'passed' | 'failed', response?: unknown): SmokeReport => ({
  status,
  constraints: {},
  cases: [{ name: 'load packages', status, millis: 9, ...(response === undefined ? {} : { response }) }],
})

it('tells each package apart, and fails with one of them', () => {
  const error = { type: 'ImportError', message: 'no', log: 'Traceback\nImportError: no' }
  const told = importCases(
    report('passed', [
      { name: 'a', millis: 1 },
      { name: 'b', millis: 2, error },
    ]),
    'import',
  )
  expect(told).toEqual({
    status: 'failed',
    reason: '1 of 2 packages cannot be loaded',
    constraints: {},
    cases: [
      { name: 'import a', status: 'passed', millis: 1 },
      {
        name: 'import b',
        status: 'failed',
        millis: 2,
        error: { type: 'ImportError', message: 'no' },
        logTail: 'Traceback\nImportError: no',
      },
    ],
  })
})

it.each(['ended by signal 9', 'ended by SIGKILL'])('says what memory a package had that was %s', (message) => {
  const response = [{ name: 'a', millis: 1, error: { type: 'Signal', message, log: '' } }]
  const limited = { ...report('passed', response), constraints: { 'memory-size': { value: '128 MB', enforced: true } } }
  expect(importCases(limited, 'import').cases[0]?.error?.message).toBe(
    `${message}, for want of memory most of the time: it had 128 MB (\`memory-size\`)`,
  )
})

it('leaves an invocation alone that did not come to it, or answered otherwise', () => {
  expect(importCases(report('failed'), 'import')).toEqual(report('failed'))
  expect(importCases(report('passed', 'other'), 'require')).toEqual(report('passed', 'other'))
})

it('passes over what only came along, while all that require it can be loaded', () => {
  const error = { type: 'Error', message: 'no package.json', log: 'Error: no package.json' }
  const response = [
    { name: 'tool', millis: 1 },
    { name: 'part', millis: 2, error },
  ]
  const told = importCases(report('passed', response), 'require', { dependents: new Map([['part', ['tool']]]) })
  expect(told.status).toBe('passed')
  expect(told.cases[1]).toMatchObject({
    status: 'skipped',
    error: { message: expect.stringContaining('tool, which requires it') },
  })
  const broken = [{ name: 'tool', millis: 1, error }, response[1]]
  expect(
    importCases(report('passed', broken), 'require', { dependents: new Map([['part', ['tool']]]) }).cases[1]?.status,
  ).toBe('failed')
})

it('passes over what only such a package requires, and nothing that requires itself by others', () => {
  const error = { type: 'Error', message: "Cannot find module 'app'", log: '' }
  const failing = ['compat', 'database', 'a', 'b'].map((name) => ({ name, millis: 1, error }))
  const dependents = new Map([
    ['database', ['compat']],
    ['compat', ['admin']],
    ['a', ['b']],
    ['b', ['a']],
  ])
  const told = importCases(report('passed', [{ name: 'admin', millis: 1 }, ...failing]), 'require', { dependents })
  expect(told.cases.map(({ status }) => status)).toEqual(['passed', 'skipped', 'skipped', 'failed', 'failed'])
})

it.each([
  [{ type: 'Error', message: 'exit status 1', endedItself: true }, 'skipped', 'a program'],
  [{ type: 'Error', message: 'exit status 1', endedItself: true }, 'failed', 'a library'],
  [{ type: 'Error', message: 'exit status 1' }, 'failed', 'a program'],
  [{ type: 'ReferenceError', message: 'DOMMatrix is not defined' }, 'skipped', 'a library'],
  [{ type: 'ReferenceError', message: 'settings is not defined' }, 'failed', 'a library'],
])('%o is %s of %s', (error, status, kind) => {
  const response = [{ name: 'one', millis: 1, error: { ...error, log: '' } }]
  const programs = new Set(kind === 'a program' ? ['one'] : [])
  expect(importCases(report('passed', response), 'require', { programs }).cases[0]?.status).toBe(status)
})

describe('a further module of a package whose main one loads', () => {
  const mains = new Map([
    ['blackd', 'black'],
    ['_yaml', 'yaml'],
  ])
  const failing = (name: string, log: string) => ({
    name,
    millis: 1,
    error: { type: 'ImportError', message: 'no', log },
  })
  const statusOf = (...response: readonly unknown[]) =>
    importCases(report('passed', response), 'import', { mains }).cases.map(({ status }) => status)

  it('is passed over where it is private, or lacks what nobody installed', () => {
    const lacking = failing('blackd', "ModuleNotFoundError: No module named 'aiohttp'\nImportError: no")
    const ok = ['black', 'yaml'].map((name) => ({ name, millis: 1 }))
    expect(statusOf(...ok, lacking, failing('_yaml', ''))).toEqual(['passed', 'passed', 'skipped', 'skipped'])
    const ofNamespace = failing(
      'blackd',
      "ImportError: cannot import name 'tasks' from 'google.cloud' (unknown location)",
    )
    expect(statusOf(...ok, ofNamespace)[2]).toBe('skipped')
    expect(statusOf(...ok, { name: 'google.cloud.tasks', millis: 1 }, ofNamespace)[3]).toBe('failed')
  })

  it('fails where what it lacks is installed and broken, and where the main one fails too', () => {
    const lacking = failing('blackd', "ModuleNotFoundError: No module named 'aiohttp._http'")
    expect(statusOf({ name: 'black', millis: 1 }, { name: 'aiohttp', millis: 1 }, lacking)[2]).toBe('failed')
    expect(statusOf({ name: 'black', millis: 1 }, failing('blackd', 'SyntaxError'))[1]).toBe('failed')
    expect(statusOf(failing('yaml', ''), failing('_yaml', ''))).toEqual(['failed', 'failed'])
  })
})

describe('packages that refuse to be loaded', () => {
  const one = (message: string, log: string, also: object = {}) =>
    importCases(
      report('passed', [
        { name: 'other', millis: 1 },
        { name: '@noble/hashes', millis: 2, error: { type: 'Error', message, log, ...also } },
      ]),
      'require',
    ).cases[1]?.status
  const at = (path: string, line: string) => `file:///opt/nodejs/node_modules/${path}:33\n${line}\n      ^\n\nError: no`

  it.each([
    ['its entry only throws', '@noble/hashes/index.js', "throw new Error('import submodules')", 'skipped'],
    ['under a condition', '@noble/hashes/index.js', "  throw new Error('Could not load it')", 'failed'],
    ['in a file of another package', 'other/index.js', "throw new Error('import submodules')", 'failed'],
  ])('%s', (_, path, line, status) => {
    expect(one('no', at(path, line))).toBe(status)
  })

  it.each([
    ['Vitest failed to access its internal state', 'skipped'],
    ["Cannot find module 'rolldown'", 'failed'],
    ['You installed esbuild for another platform: the binary', 'failed'],
  ])('whose command runs: %s', (message, status) => {
    expect(one(message, '', { runsAsCommand: true })).toBe(status)
    expect(one(message, '')).toBe('failed')
  })
})

it('is skipped, not passed, when nothing was there to be loaded', () => {
  const error = { type: 'Error', message: 'Vitest failed to access its internal state', log: '', runsAsCommand: true }
  expect(importCases(report('passed', [{ name: 'vitest', millis: 1, error }]), 'require')).toMatchObject({
    status: 'skipped',
    reason: expect.stringContaining('none of its packages'),
  })
})
