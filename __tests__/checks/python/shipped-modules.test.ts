import { expect, it } from 'vitest'
import { runtimeViews } from '../../../src/checks/facts/runtime-view.ts'
import { pythonImports } from '../../../src/checks/python/python-imports.ts'
import { makePythonLayer } from './python-layer.ts'

it('imports of the names that a distribution is known by those that are there', () => {
  const subject = makePythonLayer({
    sources: { 'fastmath/__init__.py': '', 'fast_one.py': '' },
    distributions: [{ topLevel: ['fastmath', 'fast_one', 'gone'] }],
  })
  const [view] = runtimeViews(subject)
  if (view === undefined) throw new Error('no view')
  expect(pythonImports(subject, view)?.packages.map(({ modules }) => modules)).toEqual([['fastmath', 'fast_one']])
})
