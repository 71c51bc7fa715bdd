import { describe, expect, it } from 'vitest'
import { pythonRecord } from '../../../src/checks/python-record.ts'
import { makePythonLayer, makeRecord } from './python-layer.ts'

describe('a package that requires what was never compiled', () => {
  const part = 'import fastmath\n'
  const errors = (sources: Readonly<Record<string, string>>, core: string) => {
    const layer = {
      sources: { 'app/__init__.py': '', ...sources, 'fastmath/__init__.py': core },
      distributions: [
        { record: makeRecord() },
        { name: 'app', requires: ['fastmath'], record: { files: 3, native: [], modules: ['app'], others: [] } },
      ],
    }
    const { findings } = pythonRecord.run(makePythonLayer(layer))
    return findings.filter(({ level }) => level === 'error').map(({ owner }) => owner)
  }
  const most = { 'app/a.py': part, 'app/b.py': part, 'app/c.py': 'import os\n' }

  it('fails where most of its parts import that', () => {
    expect(errors(most, 'from ._core import add\n')).toEqual(['pkg:pypi/fastmath'])
  })
  it('goes on where few of them do', () => {
    const few = { 'app/a.py': part, 'app/b.py': 'import os\n', 'app/c.py': 'import os\n' }
    expect(errors(few, 'from ._core import add\n')).toEqual([])
  })
  it('goes on where that does without its compiled module', () => {
    expect(errors(most, 'try:\n  from ._core import add\nexcept ImportError:\n  add = sum\n')).toEqual([])
  })
})

describe('a package that brings its parts in when they are asked for', () => {
  const errors = (init: string, ...names: readonly string[]) => {
    const parts = names.map((name) => [`app/${name}.py`, 'import fastmath\n'] as const)
    const layer = {
      sources: { 'app/__init__.py': init, ...Object.fromEntries(parts), 'app/y.py': '', 'app/z.py': '' },
      distributions: [
        { name: 'app', requires: ['fastmath'], record: { files: 3, native: [], modules: ['app'], others: [] } },
      ],
    }
    const { findings } = pythonRecord.run(makePythonLayer(layer))
    return findings.map(({ level }) => level)
  }
  const lazy = 'import importlib\ndef __getattr__(name):\n  return importlib.import_module(f".{name}", __name__)\n'

  it('is of no use where most of them lack what it requires', () => {
    expect(errors(lazy, 'a', 'b')).toEqual(['error'])
    expect(errors(lazy, 'a')).toEqual(['warning'])
  })
  it('is of use where it was prepared to go on without', () => {
    expect(errors(`try:\n  import fastmath\nexcept ImportError:\n  pass\n${lazy}`, 'a', 'b')).toEqual(['warning'])
  })
})
