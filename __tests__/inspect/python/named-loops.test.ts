import { describe, expect, it } from 'vitest'
import { pythonProgram } from '../../../src/inspect/python/python-program.ts'

describe('a loop that imports modules by name', () => {
  const read = (text: string) => pythonProgram(Buffer.from(text))
  const once = (text: string) => [
    { set: 'name', to: { text } },
    { importNamed: 'name', line: 2 },
  ]

  it.each([
    ['names that stand there', 'for name in ("numpy", \'dateutil.tz\'):\n  __import__(name)\n'],
    ['a list', 'for name in ["numpy", "dateutil.tz",]:\n  __import__(name)\n'],
  ])('runs for each of %s', (_, text) => {
    expect(read(text)).toEqual([...once('numpy'), ...once('dateutil.tz')])
  })

  it('runs for each of a list with a name, within a try', () => {
    const text =
      'needed = ("numpy", "dateutil")\nfor name in needed:\n  try:\n    __import__(name)\n  except ImportError as e:\n    raise ImportError("no") from e\n'
    const attempt = {
      try: [{ importNamed: 'name', line: 4 }],
      except: [{ types: ['ImportError'], body: [{ raise: 'ImportError', line: 6 }] }],
    }
    expect(read(text)).toEqual([
      { set: 'name', to: { text: 'numpy' } },
      attempt,
      { set: 'name', to: { text: 'dateutil' } },
      attempt,
    ])
  })

  it.each([
    ['names of which one is computed', 'for name in ("numpy", other()):\n  __import__(name)\n'],
    ['another name than it imports', 'name = find()\nfor one in ("numpy", "dateutil"):\n  __import__(name)\n'],
    ['an unknown list', 'for name in needed:\n  __import__(name)\n'],
  ])('is read once for %s', (_, text) => {
    expect(read(text).filter((step) => 'importNamed' in step)).toHaveLength(1)
    expect(read(text).filter((step) => 'set' in step && typeof step.to === 'object')).toEqual([])
  })
})
