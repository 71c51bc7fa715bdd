import { expect, it } from 'vitest'
import type { Subject } from '../../src/checks/check.ts'
import { CHECKS } from '../../src/checks/index.ts'
import { makePythonLayer, makeRecord } from './python/python-layer.ts'

const LIBRARY = 'fastmath/libfast.so'
const OPENING = 'import ctypes\nlib = load(find())\n'
const CORE = 'fastmath/_core.abi3.so'
const BROKEN = { needed: ['libnowhere.so.1'] }

function errors(subject: Subject) {
  return CHECKS.flatMap((check) => check.run(subject).findings).filter(({ level }) => level === 'error')
}

it('an import that fails is named as a smoke names its case', () => {
  const found = errors(
    makePythonLayer({
      sources: { 'fastmath/__init__.py': 'from . import _core\n' },
      native: { [CORE]: BROKEN },
      distributions: [{ record: makeRecord(CORE) }],
    }),
  )
  expect(found).toMatchObject([{ rule: 'missing-library', breaks: ['import fastmath'] }])
})

// A smoke that imports it passes, and refutes nothing.
it('a package that opens a library when it is used breaks no import', () => {
  const distributions = [{ record: makeRecord(LIBRARY) }]
  const found = errors(makePythonLayer({ sources: { 'fastmath/__init__.py': OPENING }, distributions }))
  expect(found).toHaveLength(1)
  expect(found[0]).not.toHaveProperty('breaks')
})

it('a package whose parts fail breaks none that a smoke imports', () => {
  const parts = Object.fromEntries(['a', 'b', 'c'].map((name) => [`fastmath/${name}.py`, 'from . import _core\n']))
  const found = errors(
    makePythonLayer({
      sources: { 'fastmath/__init__.py': '', ...parts },
      native: { [CORE]: BROKEN },
      distributions: [{ record: makeRecord(CORE) }],
    }),
  )
  expect(found).toHaveLength(1)
  expect(found[0]?.breaks ?? []).not.toContain('import fastmath')
})
