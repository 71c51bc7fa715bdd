import { expect, it, vi } from 'vitest'
import type { SmokeReport } from '../../../src/report/report.ts'
import { withEnoughMemory } from '../../../src/smoke/layer/enough-memory.ts'
import { importCases } from '../../../src/smoke/layer/import-cases.ts'
import { memoryNotes } from '../../../src/smoke/layer/memory-notes.ts'

const KILLED = { type: 'Signal', message: 'ended by signal 9', log: '' }

/** Loads each package that has as much memory as it needs. */
function loaded(needs: Readonly<Record<string, number>>, names: readonly string[], memorySize: number): SmokeReport {
  const response = names.map((name) => ({
    name,
    millis: 1,
    ...((needs[name] ?? 0) > memorySize && { error: KILLED }),
  }))
  return {
    status: 'passed',
    constraints: { 'memory-size': { value: `${memorySize} MB`, enforced: true } },
    cases: [{ name: 'load packages', status: 'passed', millis: 9, response }],
  }
}

async function tried(needs: Readonly<Record<string, number>>) {
  const again = vi.fn(async (names: readonly string[], memorySize: number) => loaded(needs, names, memorySize))
  const report = importCases(await withEnoughMemory(loaded(needs, Object.keys(needs), 128), 128, again), 'import')
  return { report, again }
}

it('loads again what died of too little memory, with more step by step, and says with how much it loaded', async () => {
  const { report, again } = await tried({ small: 40, middle: 200, large: 900 })
  expect(again.mock.calls).toEqual([
    [['middle', 'large'], 256],
    [['large'], 512],
    [['large'], 1024],
  ])
  expect(report).toMatchObject({
    status: 'passed',
    cases: [{ name: 'import small' }, { name: 'import middle', memorySize: 256 }, { memorySize: 1024 }],
  })
  expect(report.cases[0]).not.toHaveProperty('memorySize')
  expect(memoryNotes(report)).toMatchObject([
    {
      level: 'note',
      subject: 'import middle',
      message: expect.stringMatching(
        /^`import middle` and 1 more need more memory than the 128 MB .* loaded with 1024 MB$/,
      ),
      help: expect.stringMatching(/\nmemory-size: 1024$/),
      examples: ['import large: up to 1024 MB', 'import middle: up to 256 MB'],
    },
  ])
})

it('fails what needs more than functions commonly have, and tells with how much it was tried', async () => {
  const { report } = await tried({ huge: 4000 })
  expect(report.cases).toMatchObject([
    { status: 'failed', error: { message: expect.stringContaining('it had 1024 MB (`memory-size`)') } },
  ])
  expect(memoryNotes(report)).toEqual([])
})

it('leaves alone what fails of something else, and an invocation that told nothing', async () => {
  const again = vi.fn()
  const other = { name: 'a', millis: 1, error: { type: 'ImportError', message: 'no', log: '' } }
  for (const response of [[other], 'other']) {
    const report = loaded({}, [], 128)
    const told = { ...report, cases: report.cases.map((one) => ({ ...one, response })) }
    expect(await withEnoughMemory(told, 128, again)).toEqual(told)
  }
  expect(again).not.toHaveBeenCalled()
})

it.each([
  ['V8', { type: 'Signal', message: 'ended by SIGABRT', log: 'FATAL ERROR: JavaScript heap out of memory' }],
  ['Python', { type: 'MemoryError', message: '', log: '' }],
])('takes the word of %s for it', async (_, error) => {
  const again = vi.fn(async () => loaded({}, ['a'], 256))
  const report = loaded({}, [], 128)
  const response = [{ name: 'a', millis: 1, error }]
  const told = { ...report, cases: report.cases.map((one) => ({ ...one, response })) }
  await withEnoughMemory(told, 128, again)
  expect(again).toHaveBeenCalledWith(['a'], 256)
})
