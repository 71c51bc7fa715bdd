import { expect, it } from 'vitest'
import { isIdle } from '../../../src/checks/python/idle-function.ts'
import type { PythonFunction } from '../../../src/checks/python/module-state.ts'
import type { PythonStep } from '../../../src/inspect/python/python-step.ts'

const importing: PythonFunction = { body: [{ import: 'a', line: 1 }] }
const again: PythonFunction = { body: [{ call: 'again', line: 1 }] }
const returning: PythonFunction = { body: [{ return: true }] }

it.each<[string, readonly PythonStep[], boolean]>([
  ['nothing at all', [], true],
  ['a call of what is compiled', [{ if: null, body: [], else: [{ call: 'compiled', line: 1 }] }], true],
  ['a call of what does nothing', [{ call: 'returning', line: 1 }, { return: true }], true],
  [
    'a call of what does nothing that somebody guards',
    [{ try: [{ call: 'returning', line: 1 }], except: [{ types: ['Exception'], body: [{ import: 'a', line: 1 }] }] }],
    true,
  ],
  ['a guarded import', [{ try: [{ import: 'a', line: 1 }], except: [{ types: ['ImportError'], body: [] }] }], false],
  ['an import, where nothing is to be caught', [{ try: [], except: [], else: [{ import: 'a', line: 1 }] }], false],
  ['an import, whatever happens', [{ try: [], except: [], finally: [{ import: 'a', line: 1 }] }], false],
  ['an import', [{ if: false, body: [{ import: 'a', line: 1 }] }], false],
  ['a call of what imports', [{ call: 'importing', line: 1 }], false],
  ['a call of another module', [{ call: 'other.function', line: 1 }], false],
  ['a call of itself, which is left to the limit of calls', [{ call: 'again', line: 1 }], false],
  ['an exception', [{ raise: 'ValueError', line: 1 }], false],
  ['a name', [{ set: 'a', to: 'none' }], false],
])('knows whether %s comes to anything', (_, body, expected) => {
  const functions = new Map(Object.entries({ importing, again, returning }))
  expect(isIdle({ functions }, body)).toBe(expected)
})

it('asks again once the module has the function', () => {
  const functions = new Map<string, PythonFunction>()
  const body: readonly PythonStep[] = [{ call: 'later', line: 1 }]
  expect(isIdle({ functions }, body)).toBe(true)
  functions.set('later', importing)
  expect(isIdle({ functions }, body)).toBe(false)
})
