import { describe, expect, it } from 'vitest'
import { runtimeViews } from '../../../src/checks/facts/runtime-view.ts'
import { pythonNeeds } from '../../../src/checks/python/python-needs.ts'
import { makePythonLayer, makeRecord, SITE } from './python-layer.ts'

const CORE = 'fastmath/_core.abi3.so'
const CORE_LOADED = 'from . import _core\n'

function needOf(sources: Readonly<Record<string, string>>) {
  const distributions = [
    { name: 'api', record: { ...makeRecord(), modules: ['api'] } },
    { name: 'other', record: { ...makeRecord(), modules: ['other'] } },
    { record: makeRecord(CORE) },
  ]
  const subject = makePythonLayer({ sources, native: { [CORE]: { needed: ['libnowhere.so.1'] } }, distributions })
  const [view] = runtimeViews(subject)
  if (view === undefined) throw new Error('no view')
  return pythonNeeds(subject, view).get(`${SITE}/${CORE}`)
}

describe('the import that is told of a native file', () => {
  it('is the package’s own, not that of one before it which imports it', () => {
    const sources = { 'api/__init__.py': 'import fastmath\n', 'fastmath/__init__.py': CORE_LOADED }
    expect(needOf(sources)).toMatchObject({ module: 'fastmath', need: 'required', fails: true })
  })
  it('opens a library of C, and imports a module', () => {
    const library = 'fastmath/libfast.so'
    const open = 'import ctypes\nimport os\nctypes.CDLL(os.path.join(os.path.dirname(__file__), "libfast.so"))\n'
    const subject = makePythonLayer({
      sources: { 'fastmath/__init__.py': open },
      native: { [library]: { needed: ['libnowhere.so.1'] } },
    })
    const [view] = runtimeViews(subject)
    const need = view && pythonNeeds(subject, view).get(`${SITE}/${library}`)
    expect(need?.because).toBe(`opened by ${SITE}/fastmath/__init__.py line 3`)
    expect(needOf({ 'fastmath/__init__.py': CORE_LOADED })?.because).toMatch(/^imported by /)
  })
  it('is one that nothing guards, however many imports lie between', () => {
    const guarded = 'try:\n  from fastmath import _core\nexcept ImportError:\n  pass\n'
    const sources = {
      'api/__init__.py': 'import fastmath.part\n',
      'fastmath/part.py': CORE_LOADED,
      'fastmath/__init__.py': '',
    }
    expect(needOf({ ...sources, 'other/__init__.py': guarded })).toMatchObject({ need: 'required', fails: true })
  })
  it('is not that of a module beside the one that bears the name of the package', () => {
    const speedup = 'fastvector.abi3.so'
    const needsOf = (modules: readonly string[], name: string, insisting: Readonly<Record<string, string>> = {}) => {
      const init = `try:\n  ${'fastmath/part.py' in insisting ? 'pass' : 'import fastvector'}\nexcept ImportError:\n  pass\n`
      const subject = makePythonLayer({
        sources: { 'fastmath/__init__.py': init, ...insisting },
        native: { [speedup]: { needed: ['libnowhere.so.1'] } },
        distributions: [{ name, record: { ...makeRecord(speedup), modules } }],
      })
      const [view] = runtimeViews(subject)
      if (view === undefined) throw new Error('no view')
      return pythonNeeds(subject, view).get(`${SITE}/${speedup}`)?.need
    }
    expect(needsOf(['fastmath', 'fastvector'], 'fastmath')).toBe('optional')
    expect(needsOf(['fastmath', 'fastvector'], 'fast-suite')).toBe('required')
    // Some part of it insists.
    const both = ['fastmath', 'fastvector']
    expect(needsOf(both, 'fastmath', { 'fastmath/part.py': 'import fastvector\n' })).toBe('required')
    // What lies elsewhere is no part of it.
    expect(needsOf(both, 'fastmath', { 'scripts/bench.py': 'import fastvector\n' })).toBe('optional')
  })
})
