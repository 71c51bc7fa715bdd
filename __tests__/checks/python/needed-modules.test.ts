import { expect, it } from 'vitest'
import { neededModules } from '../../../src/checks/python/needed-modules.ts'
import type { PythonModule } from '../../../src/inspect/python/python-file.ts'
import type { PythonStep } from '../../../src/inspect/python/python-step.ts'
import { makeDistribution } from '../../builders/layer.ts'

const SITE = '/opt/python'
const IMPORT: PythonStep = { import: 'fast_bindings', line: 1 }
const LOG: PythonStep = { import: 'logging', line: 3 }

/** Of `fast` and `fast_bindings`, when `fast/__init__.py` does this. */
function needed(steps: readonly PythonStep[], path = `${SITE}/fast/__init__.py`): readonly string[] {
  const source: PythonModule = { kind: 'module', path, steps }
  const shipped = {
    distribution: makeDistribution('fast', 'fast', 'fast_bindings'),
    modules: ['fast', 'fast_bindings'],
    native: { site: SITE, paths: [] },
  }
  return [...neededModules(shipped, { sources: new Map([[path, source]]) })]
}

const guarded = (types: readonly string[], step: PythonStep = IMPORT): PythonStep => ({
  try: [step],
  except: [{ types, body: [LOG] }],
})

it.each<[why: string, step: PythonStep]>([
  ['imports it', IMPORT],
  ['imports a part of it', { import: 'fast_bindings.core', line: 1 }],
  ['imports a name from it', { from: 'fast_bindings', names: ['run'], line: 1 }],
  ['imports a name from a part of it', { from: 'fast_bindings.core', names: ['run'], line: 1 }],
  ['imports it in a function', { def: 'run', body: [IMPORT] }],
  ['imports it on a condition', { if: null, body: [IMPORT] }],
  ['imports it on no condition', { if: null, body: [LOG], else: [IMPORT] }],
  ['is prepared for something else', guarded(['ValueError'])],
  ['imports it where it handles an error', { try: [LOG], except: [{ types: ['ImportError'], body: [IMPORT] }] }],
  ['imports it where there was none', { ...guarded(['ImportError'], LOG), else: [IMPORT] } as PythonStep],
  ['imports it in any case', { ...guarded(['ImportError'], LOG), finally: [IMPORT] } as PythonStep],
])('a module is needed of which the one that bears the name %s', (_, step) => {
  expect(needed([LOG, step])).toEqual(['fast', 'fast_bindings'])
})

it.each<[why: string, step: PythonStep]>([
  ['does not ask for it', LOG],
  ['asks for another that begins alike', { import: 'fast_bindings2', line: 1 }],
  ['asks for a name from another that begins alike', { from: 'fast_bindings2', names: ['run'], line: 1 }],
  ['does without it', guarded(['ImportError'])],
  ['does without anything', guarded([])],
  ['does without what fails', guarded(['Exception'])],
])('one is not of which the one that bears the name %s', (_, step) => {
  expect(needed([step])).toEqual(['fast'])
})

it.each([
  [`${SITE}/fast.py`, true],
  [`${SITE}/fast/deep/part.py`, true],
  [`${SITE}/faster/__init__.py`, false],
  // Its own code says nothing of who needs it.
  [`${SITE}/fast_bindings/__init__.py`, false],
])('asks %s for what the main module needs: %s', (path, isAsked) => {
  expect(needed([IMPORT], path)).toEqual(isAsked ? ['fast', 'fast_bindings'] : ['fast'])
})

it.each([
  ['none of them bears the name', 'other'],
  ['nobody knows the distribution', undefined],
])('needs all modules where %s', (_, name) => {
  const modules = ['fast', 'fast_bindings']
  const distribution = name === undefined ? {} : { distribution: makeDistribution(name, ...modules) }
  const shipped = { ...distribution, modules, native: { site: SITE, paths: [] } }
  expect([...neededModules(shipped, { sources: new Map() })]).toEqual(modules)
})
