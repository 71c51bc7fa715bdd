import { describe, expect, it } from 'vitest'
import { pythonRecord } from '../../../src/checks/python-record.ts'
import { makePythonLayer, SITE } from './python-layer.ts'

describe('a name that a package asks for in another one', () => {
  const errors = (asking: string, asked: string, requires: readonly string[] = ['helper'], more = {}) =>
    pythonRecord
      .run(
        makePythonLayer({
          sources: { 'app/__init__.py': asking, 'helper/__init__.py': asked, ...more },
          distributions: [
            { name: 'app', requires, record: { files: 1, native: [], modules: ['app'], others: [] } },
            { name: 'helper', version: '2.6.0', record: { files: 1, native: [], modules: ['helper'], others: [] } },
          ],
        }),
      )
      .findings.filter(({ level }) => level === 'error')
      .map(({ subject }) => subject)
  const ask = 'from helper import Sentinel\n'
  const ended = [`${SITE}/app/__init__.py`]

  it.each([
    ['is not there', 'old = 1\n', ended],
    ['is there, before a tab', 'Sentinel\t = 1\n', []],
    ['is there', 'class Sentinel:\n  pass\n', []],
    [
      'is not one of a class, nor answered for by one',
      'class A:\n  Sentinel = 1\n  def __getattr__(self, name): pass\n',
      ended,
    ],
    ['is not there though a function asks for globals', 'def f(frame):\n  return frame.f_globals\n', ended],
    ['is bound by a function', 'def f():\n  global other, Sentinel\n', []],
    ['may be among the globals', 'globals().update(names())\n', []],
    ['may be answered for', 'def __getattr__(name): pass\n', []],
  ])('%s', (_, asked, found) => expect(errors(ask, asked)).toEqual(found))

  it('is not answered for when the version is none that it takes', () => {
    const answering = '__getattr__ = migration(__name__)\nold = 1\n'
    expect(errors(ask, answering, ['helper<2,>=1'])).toEqual(ended)
    expect(errors(ask, answering, ['helper>=2'])).toEqual([])
    expect(errors('from helper import old\n', answering, ['helper<2'])).toEqual([])
  })
  it('may come from who puts modules in the place of others', () => {
    const filling = 'from . import _loader\n'
    const layer = (loader: string) =>
      errors(ask, filling, [], { 'helper/_loader.py': `import sys\nloader.exec_module(sys.modules[${loader}])\n` })
    expect(layer("'helper'")).toEqual([])
    expect(layer("'other'")).toEqual(ended)
  })
  it('may be done without', () => {
    expect(errors('try:\n  from helper import Sentinel\nexcept ImportError:\n  pass\n', 'old = 1\n')).toEqual([])
  })
})

describe('a constant that a package takes from a library of cffi as it is imported', () => {
  const library = 'helper/_lib.abi3.so'
  const names = Array.from({ length: 12 }, (_, index) => `X509_FLAG_${index}A`)
  const taken = (of: readonly string[]) => of.map((name) => `${name} = _lib.${name}\n`).join('')
  const messages = (init: string, offered = names) => {
    const sources = {
      'app/__init__.py': `from helper import lib as _lib\n${init}`,
      'helper/__init__.py': 'from ._lib import lib\n',
      [library]: `\x7fELF\0_cffi_backend\0${offered.join('\0')}\0`,
    }
    const own = (name: string, native: readonly string[] = []) => ({ files: 1, native, modules: [name], others: [] })
    const distributions = [
      { name: 'app', record: own('app') },
      { name: 'helper', version: '2.6.0', record: own('helper', [library]) },
    ]
    const { findings } = pythonRecord.run(makePythonLayer({ sources, native: { [library]: {} }, distributions }))
    return findings.filter(({ level }) => level === 'error').map(({ message }) => message)
  }

  it('is not there in another version', () => {
    expect(messages(`${taken(names)}class Flags:\n  GONE: int = 1\n  NOTIFY = _lib.X509_FLAG_NOTIFY  # old\n`)).toEqual(
      [
        expect.stringContaining(
          "which `helper 2.6.0` does not have, and `import app` fails (`module 'lib' has no attribute 'X509_FLAG_NOTIFY'`",
        ),
      ],
    )
  })
  it.each([
    ['is there', taken(names), names],
    ['is there at the end of another text', taken(names), names.map((name) => `OLD_${name}`)],
    ['may be done without', `${taken(names)}try:\n  B = _lib.X509_GONE\nexcept AttributeError:\n  pass\n`, names],
    ['is asked for in a call alone', `${taken(names)}def f():\n  B = _lib.X509_GONE\n`, names],
    ['is of a library that is not known', `${taken(names)}B = _lib.X509_GONE\n`, names.slice(0, 5)],
  ])('%s', (_, init, offered) => expect(messages(init, offered)).toEqual([]))
})
