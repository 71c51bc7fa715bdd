import { describe, expect, it } from 'vitest'
import { logFacts, tellingLine } from '../../src/smoke/log-facts.ts'
import { RECORDINGS } from './recordings.ts'

describe('logFacts', () => {
  it('takes the first init phase, not the empty second one', () => {
    expect(logFacts(RECORDINGS.silentExit.logs).initMillis).toBe(31.913)
  })

  it("reads the emulator's error with its fields in either order", () => {
    const line = (fields: string) => ({ stdout: '', stderr: `x [ERROR] (rapid) Init failed ${fields}\nmore\n` })
    const error = 'fork/exec /x: permission denied'
    expect(logFacts(line(`error=${error} InvokeID=`)).fatalReason).toBe(error)
    expect(logFacts(line(`InvokeID= error=${error}`)).fatalReason).toBe(error)
  })

  it("keeps the function's lines and leaves out the platform's", () => {
    expect(logFacts(RECORDINGS.exitDuringInvoke.logs).functionLines).toEqual(['Error: database is gone'])
    expect(logFacts(RECORDINGS.success.logs).functionLines).toEqual([])
  })
})

describe('tellingLine', () => {
  it.each([
    [['a', '/x: error while loading shared libraries: libfoo.so.1: cannot open', 'Error: later'], /libfoo/],
    [['Error: first', "libc.so.6: version `GLIBC_2.36' not found (required by /a.node)"], /GLIBC_2\.36/],
    [['one', 'two'], /^two$/],
    [['2026-11-21T10:37:38.012Z\t-\tERROR\tError: no licence'], /^Error: no licence$/],
  ])('of %j', (lines, expected) => {
    expect(tellingLine(lines)).toMatch(expected)
  })

  it('is nothing for a silent function', () => {
    expect(tellingLine([])).toBeUndefined()
  })
})
