import { describe, expect, it } from 'vitest'
import { runtimeViews } from '../../../src/checks/facts/runtime-view.ts'
import { missingLibrary } from '../../../src/checks/missing-library.ts'
import { pythonNeeds } from '../../../src/checks/python/python-needs.ts'
import { makePythonLayer, makeRecord, type PythonLayer, SITE } from './python-layer.ts'

function needs(layer: PythonLayer) {
  const subject = makePythonLayer(layer)
  const [view] = runtimeViews(subject)
  if (view === undefined) throw new Error('no view')
  return new Map([...pythonNeeds(subject, view)].map(([path, { need }]) => [path.slice(SITE.length + 1), need]))
}

const core = 'fastmath/_core.abi3.so'
const other = 'fastmath/_other.abi3.so'
const BROKEN = { needed: ['libnowhere.so.1'] }
const parts = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [`fastmath/${name}.py`, 'from . import _core\n']))
const plain = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [`fastmath/${name}.py`, 'import os\n']))

describe('a package that loads nothing by itself', () => {
  const layer = (sources: Readonly<Record<string, string>>, native: PythonLayer['native'] = { [core]: BROKEN }) => ({
    sources: { 'fastmath/__init__.py': '', ...sources },
    native,
    distributions: [{ record: makeRecord(...Object.keys(native)) }],
  })
  const both = { [core]: BROKEN, [other]: {} }

  it('needs what most of its parts fail without', () => {
    expect(needs(layer({ ...parts('a', 'b', 'c'), ...plain('d') }, both)).get(core)).toBe('required')
  })
  it('does without what few of its parts fail without', () => {
    expect(needs(layer({ ...parts('a'), ...plain('b', 'c', 'd', 'e', 'f') }, both)).get(core)).not.toBe('required')
  })
  it('needs the only native module that it has', () => {
    expect(needs(layer({ ...parts('a'), ...plain('b', 'c', 'd', 'e', 'f') })).get(core)).toBe('required')
  })
  it('needs the native module of a part of its own', () => {
    const native = { 'fastmath/frame/_frame.abi3.so': BROKEN, [other]: {} }
    const sources = { ...plain('a', 'b', 'c', 'd', 'e'), 'fastmath/frame/__init__.py': 'from . import _frame\n' }
    expect(needs(layer(sources, native)).get('fastmath/frame/_frame.abi3.so')).toBe('required')
  })
  it('does without what another part guards', () => {
    const guard = { 'fastmath/b.py': 'try:\n  from . import _core\nexcept ImportError:\n  pass\n' }
    expect(needs(layer({ ...parts('a'), ...guard, ...plain('c', 'd', 'e', 'f') })).get(core)).not.toBe('required')
  })
})

describe('a dependency that its dependent goes on without', () => {
  const layer = (requirement: string) => ({
    sources: {
      'fastmath/__init__.py': 'from . import _core\n',
      'app/__init__.py': 'try:\n  import fastmath\nexcept ImportError:\n  pass\n',
    },
    native: { [core]: BROKEN },
    distributions: [
      { record: makeRecord(core) },
      { name: 'app', requires: [requirement], record: { files: 2, native: [], modules: ['app'], others: [] } },
    ],
  })

  it('is not needed', () => expect(needs(layer('fastmath>=1')).get(core)).toBe('optional'))
  it('is needed when an extra asked for it', () => {
    expect(needs(layer('fastmath>=1; extra == "fast"')).get(core)).toBe('required')
  })
})

describe('a library that is opened by name', () => {
  const findings = (init: string) => {
    const layer = { sources: { 'fastmath/__init__.py': init }, distributions: [{ record: makeRecord() }] }
    return missingLibrary.run(makePythonLayer(layer)).findings.map(({ level, message }) => `${level} ${message}`)
  }

  it.each([
    ['by ctypes', 'from ctypes import CDLL\nlib = CDLL("libnowhere.so.1")\n'],
    [
      'by cffi, under one of several names',
      'lib = dlopen(ffi, ("nowhere",), ("libnowhere.so.1", "libnowhere.dylib"))\n',
    ],
    [
      'by a name that the file holds',
      'from ctypes import CDLL\ndef load():\n  for n in names():\n    try:\n      return CDLL(n)\n    except OSError:\n      pass\n  else:\n    raise ImportError("no")\nNAMES = ["libnowhere.so.1"]\nload()\n',
    ],
  ])('%s: is missing', (_, init) => {
    expect(findings(init)).toEqual([expect.stringMatching(/^error .*libnowhere\.so\.1/)])
  })

  it.each([
    ['under a guard', 'try:\n  CDLL("libnowhere.so.1")\nexcept OSError:\n  pass\nimport ctypes\n'],
    ['the system has it', 'import ctypes\nctypes.CDLL("libc.so.6")\n'],
    ['in a function that nobody calls', 'import ctypes\ndef f():\n  ctypes.CDLL("libnowhere.so.1")\n'],
    ['the program itself', 'import ctypes\nctypes.CDLL(None)\n'],
  ])('%s: no error', (_, init) => {
    expect(findings(init).filter((one) => one.startsWith('error'))).toEqual([])
  })
})
