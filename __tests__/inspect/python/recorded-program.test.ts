import { expect, it } from 'vitest'
import { readRecord } from '../../../src/inspect/python/python-record.ts'

const programOf = (...lines: readonly string[]) => readRecord(lines.join('\n')).program

it('knows the program that a distribution is there for by the bytes that RECORD counts', () => {
  const rest = ['uv/__init__.py,sha256=x,1601', 'uv-0.6.3.dist-info/METADATA,sha256=x,900000', 'bin/uvx,sha256=x,3700']
  expect(programOf('bin/uv,sha256=x,3926568', ...rest)).toBe('bin/uv')
  expect(programOf('../../../bin/uv,sha256=x,3926568\r', ...rest)).toBe('../../../bin/uv')
  expect(programOf('bin/uv,sha256=x,39265', ...rest)).toBeUndefined()
  expect(programOf('bin/uv,,', ...rest)).toBeUndefined()
  // A library is no program.
  expect(programOf('uv/uv.so,sha256=x,3926568', ...rest)).toBeUndefined()
})
