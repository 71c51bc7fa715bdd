import { describe, expect, it } from 'vitest'
import { runtimeViews } from '../../../src/checks/facts/runtime-view.ts'
import { foreignBinary } from '../../../src/checks/foreign-binary.ts'
import { missingLibrary } from '../../../src/checks/missing-library.ts'
import { pythonNeeds } from '../../../src/checks/python/python-needs.ts'
import { pythonRecord } from '../../../src/checks/python-record.ts'
import { pythonWheelTag } from '../../../src/checks/python-wheel-tag.ts'
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

describe('a package without native code that loads nothing by itself', () => {
  const layer = (compiled: NonNullable<PythonLayer['native']>) => ({
    sources: {
      'app/__init__.py': '',
      'app/shell.py': 'from fastmath import _core\n',
      'fastmath/__init__.py': '',
      'fastmath/_core.py': 'import os\n',
    },
    native: compiled,
    distributions: [
      { name: 'app', requires: ['fastmath'], record: { files: 2, native: [], modules: ['app'], others: [] } },
      { name: 'fastmath', requested: false, record: makeRecord(...Object.keys(compiled)) },
    ],
  })

  it('needs what a compiled module of its requirement needs, though the source lies beside that', () => {
    expect(needs(layer({ [core]: BROKEN })).get(core)).toBe('required')
  })
  it('takes the source where Python does not look at the compiled module', () => {
    const passedOver = 'fastmath/_core.cpython-312-x86_64-linux-gnu.so'
    expect(needs(layer({ [passedOver]: BROKEN })).get(passedOver)).not.toBe('required')
  })
})

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
  it('needs the modules that its parts are themselves, when most of them cannot be loaded', () => {
    const names = Array.from({ length: 14 }, (_, at) => `fastmath/part${at}.abi3.so`)
    const compiled = Object.fromEntries(names.map((name) => [name, BROKEN]))
    expect(needs(layer(plain('a', 'b'), compiled)).get('fastmath/part3.abi3.so')).toBe('required')
    expect(needs(layer(plain('a', 'b'), { ...compiled, [other]: {} })).get('fastmath/part3.abi3.so')).toBe('required')
    const sound = plain(...names.map((_, at) => `sound${at}`))
    expect(needs(layer(sound, { ...compiled, [other]: {} })).get('fastmath/part3.abi3.so')).not.toBe('required')
  })
  it('needs the native module of a part of its own', () => {
    const native = { 'fastmath/frame/_frame.abi3.so': BROKEN, [other]: {} }
    const sources = { ...plain('a', 'b', 'c', 'd', 'e'), 'fastmath/frame/__init__.py': 'from . import _frame\n' }
    expect(needs(layer(sources, native)).get('fastmath/frame/_frame.abi3.so')).toBe('required')
  })
  it('does without the native module of a part when it loads one of its own at once', () => {
    const native = { 'fastmath/frame/_frame.abi3.so': BROKEN, [other]: {} }
    const sources = { ...plain('a', 'b', 'c', 'd', 'e'), 'fastmath/frame/__init__.py': 'from . import _frame\n' }
    const init = { 'fastmath/__init__.py': 'from . import _other\n' }
    expect(needs(layer({ ...sources, ...init }, native)).get('fastmath/frame/_frame.abi3.so')).not.toBe('required')
  })
  it('does without the only native modules that it has when one part of very many needs them', () => {
    const many = plain(...'bcdefghijkl')
    expect(needs(layer({ ...parts('a'), ...many })).get(core)).not.toBe('required')
    // `statsmodels.api`
    expect(needs(layer({ ...parts('api'), ...many })).get(core)).toBe('required')
  })
  it('does without what another part guards', () => {
    const guard = { 'fastmath/b.py': 'try:\n  from . import _core\nexcept ImportError:\n  pass\n' }
    expect(needs(layer({ ...parts('a'), ...guard, ...plain('c', 'd', 'e', 'f') })).get(core)).not.toBe('required')
  })
})

describe('a package whose native code is a library', () => {
  const lib = 'fastmath/libfast.so'
  const layer = (init: string) => ({
    sources: { 'fastmath/__init__.py': init },
    distributions: [{ record: makeRecord(lib) }],
  })
  it('needs it when it opens libraries, whatever way it finds it', () => {
    expect(needs(layer('import ctypes\nlib = load(find())\n')).get(lib)).toBe('required')
  })
  it.each(['ctypes', '_ctypes', 'cffi', '_cffi_backend', 'numpy'])('may open it by %s', (name) => {
    const { sources, distributions } = layer(`import ${name}\nlib = load(find())\n`)
    expect(needs({ sources: { ...sources, [`${name}.py`]: '' }, distributions }).get(lib)).toBe('required')
  })
  it('does not open it where others do, when it is a compiled module itself', () => {
    const beside = 'lib/libfast.so'
    const of = (module: string) =>
      needs({
        sources: {
          'other/__init__.py': 'import ctypes\nlib = load(find())\n',
          ...(module.endsWith('.py') && { [module]: 'import ctypes\nlib = load(find())\n' }),
        },
        native: module.endsWith('.so') ? { [module]: {} } : {},
        distributions: [
          { record: { ...makeRecord(beside), modules: ['fastmath'] } },
          { name: 'other', record: { ...makeRecord(), modules: ['other'] } },
        ],
      }).get(beside)
    expect(of('fastmath.py')).toBe('required')
    expect(of('fastmath.abi3.so')).not.toBe('required')
  })
  it('opens the one that it names when it is there, and may go on without', () => {
    const lost = 'lib/libfast.so.4.15'
    const sources = {
      'fastmath.py':
        'from ctypes import CDLL\nfrom ctypes.util import find_library\nname = "libfast.so.4.15"\nif windows():\n  path = find_library("fast-4.15")\nelse:\n  path = existing(name) or find_library("fast")\nlib = CDLL(path)\n',
    }
    const distributions = [{ record: makeRecord(lost) }]
    expect(needs({ sources, native: { [lost]: BROKEN }, distributions }).get(lost)).toBe('required')
    expect(needs({ sources, distributions }).get(lost)).not.toBe('required')
    const computed = 'import ctypes\ndef load(path):\n  return ctypes.CDLL(path)\nlib = load(search())\n'
    expect(needs({ sources: { 'fastmath.py': computed }, distributions }).get(lost)).toBe('required')
  })
  it('needs it under a name with a version', () => {
    const versioned = 'fastmath/lib/libfast.so.2'
    const sources = { 'fastmath/__init__.py': 'import ctypes\nlib = load(find())\n' }
    expect(needs({ sources, distributions: [{ record: makeRecord(versioned) }] }).get(versioned)).toBe('required')
  })
  it('needs it for the C library of this system', () => {
    const sources = { 'fastmath/__init__.py': 'import ctypes\nlib = load(find())\n' }
    const of = (needed: string) =>
      needs({ sources, native: { [lib]: { needed: [needed] } }, distributions: [{ record: makeRecord(lib) }] }).get(lib)
    expect(of('libc.musl-x86_64.so.1')).toBe('required')
    // Another library may have been opened before it.
    expect(of('libnowhere.so.1')).not.toBe('required')
  })
  it('goes on without it when it is prepared for that wherever it opens one', () => {
    const open = (then: string) =>
      `import ctypes\ndef parse():\n  raise ValueError("no")\ndef load(name):\n  try:\n    return ctypes.CDLL(find(name))\n  except OSError:\n    return None\nlib = load(1)\n${then}`
    expect(needs(layer(open('ctypes.CDLL(core.h5z.__file__)\n'))).get(lib)).not.toBe('required')
    expect(needs(layer(open('if lib is None:\n  raise ImportError("no")\n'))).get(lib)).toBe('required')
    expect(needs(layer(open('ctypes.CDLL(find(2))\n'))).get(lib)).toBe('required')
    const attempt = (then: string) => `import ctypes\ntry:\n  lib = ctypes.CDLL(find(1))\n${then}\n`
    expect(needs(layer(attempt('except OSError:\n  lib = None'))).get(lib)).not.toBe('required')
    expect(needs(layer(attempt('except OSError:\n  lib = ctypes.CDLL(find(2))'))).get(lib)).toBe('required')
    expect(needs(layer(attempt('except KeyError:\n  lib = None'))).get(lib)).toBe('required')
  })
  it('needs that of this system when it came with that of another one and gives up without', () => {
    const dylib = 'fastmath/libfast.3.dylib'
    const opening = 'return ctypes.CDLL(search(names))'
    const of = (then: string, tag = 'py3-none-macosx_11_0_arm64', load = opening) =>
      needs({
        sources: {
          'fastmath/__init__.py': `from .library import fast\nif fast is None:\n  ${then}\n`,
          'fastmath/library.py': `import ctypes\ndef load(names):\n  ${load}\nfast = load(["fast"])\n`,
        },
        foreign: [dylib],
        distributions: [{ record: makeRecord(dylib), ...(tag !== '' && { tags: [tag] }) }],
      }).get(dylib)
    expect(of('raise ImportError("no")')).toBe('required')
    expect(of('pass')).toBeUndefined()
    expect(of('import json')).toBeUndefined()
    expect(of('raise ImportError("no")', undefined, 'return search(names)')).toBeUndefined()
    // Libraries of other systems in a wheel for all.
    expect(of('raise ImportError("no")', 'py3-none-any')).toBeUndefined()
    expect(of('raise ImportError("no")', '')).toBeUndefined()
  })
  it('needs it when it tries it in several places, and says then that it is nowhere', () => {
    const sources = (then: string) => ({
      'fastmath/__init__.py': `import ctypes\ndef load(name):\n  try:\n    return ctypes.CDLL("libfast.so")\n  except OSError:\n    return None\ndef other():\n  import os\nlib = first(load(1), load(2))\nif lib is None:\n  ${then}\n`,
    })
    const of = (then: string, also: Readonly<Record<string, string>> = {}) =>
      needs({
        sources: { ...sources(then), ...also },
        native: { [lib]: { needed: ['libc.musl-x86_64.so.1'] } },
        distributions: [{ record: makeRecord(lib) }],
      }).get(lib)
    expect(of('raise ImportError("no")')).toBe('required')
    expect(of('lib = other()')).not.toBe('required')
    // Another module cannot do without some library, and need not mean this one.
    expect(of('lib = other()', { 'fastmath/extra.py': 'import ctypes\nlib = ctypes.CDLL(find())\n' })).not.toBe(
      'required',
    )
  })
  it('can be imported without it when it only hands its path on', () => {
    expect(needs(layer('import os\nimport driver_manager\n')).get(lib)).not.toBe('required')
  })
})

it('knows by imports what came with a package when all metadata was taken out', () => {
  const sources = {
    'client/__init__.py': 'try:\n  import fastmath\nexcept ImportError:\n  fastmath = None\n',
    'fastmath/__init__.py': 'from . import _core\n',
  }
  expect(needs({ sources, native: { [core]: BROKEN } }).get(core)).toBe('optional')
  const alone = { ...sources, 'client/__init__.py': 'import os\n' }
  expect(needs({ sources: alone, native: { [core]: BROKEN } }).get(core)).toBe('required')
})

it('knows the same of those without native code when nothing has metadata', () => {
  const sources = {
    'client/__init__.py': '',
    'client/part.py': 'import helper\n',
    'helper/__init__.py': 'from importlib.metadata import version\n__version__ = version("helper")\n',
  }
  const errors = (layer: PythonLayer) => pythonRecord.run(makePythonLayer(layer)).findings.map(({ subject }) => subject)
  expect(errors({ sources })).toEqual([])
  const record = { files: 1, native: [], modules: ['other'], others: [] }
  const beside = { sources: { ...sources, 'other/__init__.py': '' }, distributions: [{ name: 'other', record }] }
  expect(errors(beside)).toEqual([`${SITE}/helper/__init__.py`])
})

it('knows that compiled code asks for a module beside it that is for another Python, without any metadata', () => {
  const cffi = '_cffi_backend.cpython-312-x86_64-linux-gnu.so'
  const layer = {
    sources: { 'fastmath/__init__.py': '', ...parts('a', 'b'), ...plain('c') },
    native: { [core]: {}, [cffi]: {} },
    compiled: { [core]: ['_cffi_backend'] },
  }
  expect(needs(layer).get(cffi)).toBe('required')
})

describe('a package whose metadata was taken out', () => {
  const plain = (init: string, native: NonNullable<PythonLayer['native']>) => ({
    sources: { 'fastmath/__init__.py': init, 'fastmath/api.py': 'from . import _core\n' },
    native,
  })
  const own = 'fastmath/_core.cpython-312-x86_64-linux-gnu.so'

  it('needs the only native module that it has', () => {
    expect(needs(plain('', { [own]: {} })).get(own)).toBe('required')
  })
  it('needs it too in a folder that several distributions share', () => {
    const shared = 'vendor/fastmath/_core.cpython-312-x86_64-linux-gnu.so'
    const sources = { 'vendor/fastmath/__init__.py': 'from . import _core\n' }
    expect(needs({ sources, native: { [shared]: {} } }).get(shared)).toBe('required')
    const record = { files: 1, native: [], modules: ['other'], others: [] }
    const beside = { 'other/__init__.py': '', ...sources }
    const layer = { sources: beside, native: { [shared]: {} }, distributions: [{ name: 'other', record }] }
    expect(needs(layer).get(shared)).not.toBe('required')
  })
  it('needs itself when it is one file', () => {
    const alone = 'fastmath.cpython-312-x86_64-linux-gnu.so'
    expect(needs({ native: { [alone]: {} } }).get(alone)).toBe('required')
  })
  it('does without it when another one loads', () => {
    const sources = { 'fastmath/a.py': 'import os\n', 'fastmath/b.py': 'import os\n', 'fastmath/c.py': 'import os\n' }
    const layer = plain('from . import _other\n', { [own]: {}, [other]: {} })
    const more = { ...layer, sources: { ...layer.sources, ...sources, 'fastmath/x.py': 'from . import _core\n' } }
    expect(needs({ ...more, sources: { ...more.sources, 'fastmath/api.py': '' } }).get(own)).not.toBe('required')
  })
})

describe('a package that another one requires', () => {
  const layer = (requirement: string, init: string, marked?: string) => ({
    sources: { 'fastmath/__init__.py': 'from . import _core\n', 'app/__init__.py': init },
    native: { [core]: BROKEN },
    ...(marked === undefined ? {} : { other: [`${marked}-1.0.dist-info/REQUESTED`] }),
    distributions: [
      { record: makeRecord(core) },
      { name: 'app', requires: [requirement], record: { files: 2, native: [], modules: ['app'], others: [] } },
    ],
  })
  const guarded = 'try:\n  import fastmath\nexcept ImportError:\n  pass\n'
  const lazy = 'def f():\n  import fastmath\n'

  it.each([
    ['imports it', 'import fastmath\n', 'required'],
    ['goes on without it', guarded, 'optional'],
    ['imports it when it is called', lazy, 'optional'],
  ])('and that %s', (_, init, need) => {
    expect(needs(layer('fastmath>=1', init)).get(core)).toBe(need)
  })
  it('is needed when an extra asked for it', () => {
    expect(needs(layer('fastmath>=1; extra == "fast"', guarded)).get(core)).toBe('required')
  })
  it('is not needed when another one asked for that extra', () => {
    const other = layer('fastmath>=1; extra == "fast"', lazy)
    const record = { files: 2, native: [], modules: ['top'], others: [] }
    const distributions = [...other.distributions, { name: 'top', requires: ['app[fast,more]>=1'], record }]
    expect(needs({ ...other, distributions }).get(core)).toBe('optional')
  })
  it('is needed when only an extra that nobody asked for asks for that extra', () => {
    const other = layer('fastmath>=1; extra == "fast"', lazy)
    const record = { files: 2, native: [], modules: ['top'], others: [] }
    const requires = ['app[fast]>=1; extra == "all"', 'app>=1']
    expect(
      needs({ ...other, distributions: [...other.distributions, { name: 'top', requires, record }] }).get(core),
    ).toBe('required')
  })
  it.each([
    ['all of a long extra is there', ['fastmath', 'more', 'most'], 'optional'],
    ['a part of the extra is not there', ['fastmath', 'more', 'gone'], 'required'],
    ['the extra is short', ['fastmath', 'more'], 'required'],
    ['another extra brings parts of it too', ['fastmath', 'more', 'most'], 'optional', " or extra == 'fast'"],
    ['another extra is named before it', ['fastmath', 'more', 'most'], 'optional', '', "extra == 'fast' or "],
    ['it is for another Python too', ['fastmath', 'more', 'most'], 'required', " or python_version < '3.9'"],
  ])('%s: it counts as %s', (_, names, need, condition = '', before = '') => {
    const other = layer('more>=1', lazy)
    const [first] = other.distributions
    const record = (name: string) => ({ files: 2, native: [], modules: [name], others: [] })
    const requires = names.map((name) => `${name}>=1; ${before}extra == 'all'${condition}`)
    const distributions = [
      ...(first === undefined ? [] : [first]),
      { name: 'app', requires, record: record('app') },
      ...['more', 'most'].map((name) => ({ name, record: record(name) })),
    ]
    expect(needs({ ...other, distributions }).get(core)).toBe(need)
  })
  it('is needed when somebody requested it too', () => {
    expect(needs(layer('fastmath>=1', lazy, 'fastmath')).get(core)).toBe('required')
  })
  it('is not needed for an extra of the one that was requested', () => {
    expect(needs(layer('fastmath>=1; extra == "fast"', lazy, 'app')).get(core)).toBe('optional')
  })
  it('is needed when each requires the other', () => {
    const both = layer('fastmath>=1', lazy)
    const [first, ...others] = both.distributions
    const distributions = [{ ...first, requires: ['app'] }, ...others]
    expect(needs({ ...both, distributions }).get(core)).toBe('required')
  })
})

describe('a package that imports what it requires only in its parts', () => {
  const layer = (parts: Readonly<Record<string, string>>) => ({
    sources: { 'fastmath/__init__.py': 'from . import _core\n', 'app/__init__.py': '', ...parts },
    native: { [core]: BROKEN },
    distributions: [
      { record: makeRecord(core) },
      { name: 'app', requires: ['fastmath'], record: { files: 3, native: [], modules: ['app'], others: [] } },
    ],
  })

  it('needs what most of them import', () => {
    const sources = { 'app/a.py': 'import fastmath\n', 'app/b.py': 'from . import a\n', 'app/c.py': 'import os\n' }
    expect(needs(layer(sources)).get(core)).toBe('required')
  })
  it('needs what those of the one package in it import', () => {
    const sources = { 'app/inner/__init__.py': '', 'app/inner/a.py': 'import fastmath\n' }
    expect(needs(layer(sources)).get(core)).toBe('required')
  })
  it('needs what most modules in its folders import', () => {
    const folders = { 'app/a/__init__.py': '', 'app/b/__init__.py': '', 'app/c/__init__.py': '' }
    const modules = {
      'app/a/x.py': 'import fastmath\n',
      'app/b/x.py': 'import fastmath\n',
      'app/c/x.py': 'import os\n',
    }
    expect(needs(layer({ ...folders, ...modules })).get(core)).toBe('required')
    const few = { ...modules, 'app/b/x.py': 'import os\n' }
    expect(needs(layer({ ...folders, ...few })).get(core)).toBe('optional')
    const working = { 'app/d.py': 'import os\n', 'app/e.py': 'import os\n', 'app/f.py': 'import os\n' }
    expect(needs(layer({ ...folders, ...modules, ...working })).get(core)).toBe('optional')
  })
  it('needs it though something else was not there', () => {
    const init = { 'app/__init__.py': 'try:\n  import site_settings\nexcept ImportError:\n  pass\n' }
    expect(needs(layer({ ...init, 'app/a.py': 'import fastmath\n' })).get(core)).toBe('required')
    const guard = { 'app/__init__.py': 'try:\n  import fastmath\nexcept ImportError:\n  pass\n' }
    expect(needs(layer({ ...guard, 'app/a.py': 'import fastmath\n' })).get(core)).toBe('optional')
  })
  it('does without what one of them imports', () => {
    const sources = { 'app/a.py': 'import fastmath\n', 'app/b.py': 'import os\n', 'app/c.py': 'import os\n' }
    expect(needs(layer(sources)).get(core)).toBe('optional')
  })
})

describe('a package whose own native code loads, and needs what another one brings', () => {
  const layer = (second: string) => ({
    sources: {
      'fastmath/__init__.py': 'from . import _core\n',
      'app/__init__.py': '',
      'app/a.py': 'from . import _app\nimport fastmath\n',
      'app/b.py': second,
      'app/c.py': 'import os\n',
    },
    native: { [core]: BROKEN, 'app/_app.abi3.so': {} },
    distributions: [
      { record: makeRecord(core) },
      {
        name: 'app',
        requires: ['fastmath'],
        record: { files: 4, native: ['app/_app.abi3.so'], modules: ['app'], others: [] },
      },
    ],
  })

  it('needs it when most of its parts fail without', () => {
    expect(needs(layer('from . import a\n')).get(core)).toBe('required')
  })
  it('does without when few of them do', () => {
    expect(needs(layer('import os\n')).get(core)).toBe('optional')
  })
  it('needs it too when it goes on without its own native code', () => {
    const { sources, native, ...rest } = layer('from . import a\n')
    const guarded = 'try:\n  from . import _app\nexcept ImportError:\n  pass\nimport fastmath\n'
    const broken = { sources: { ...sources, 'app/a.py': guarded }, native: { ...native, 'app/_app.abi3.so': BROKEN } }
    expect(needs({ ...rest, ...broken }).get(core)).toBe('required')
  })
})

describe('an extension module beside a package', () => {
  const layer = (part: string) => ({
    sources: { 'fastmath/__init__.py': '', 'fastmath/part/__init__.py': part },
    native: { '_fastmath.abi3.so': BROKEN },
    distributions: [{ record: makeRecord('_fastmath.abi3.so') }],
  })

  it('is needed when nothing shows how it is loaded', () => {
    expect(needs(layer('')).get('_fastmath.abi3.so')).toBe('required')
  })
  it('is not needed when the package goes on without it', () => {
    const part = 'try:\n  import _fastmath\nexcept ImportError:\n  pass\n'
    expect(needs(layer(part)).get('_fastmath.abi3.so')).not.toBe('required')
  })
})

describe('an exception that is kept and raised later', () => {
  const layer = (last: string) => ({
    sources: {
      'fastmath/__init__.py': `try:\n  from . import _core\n  error = None\nexcept Exception as e:\n  error = e\n${last}`,
    },
    native: { [core]: BROKEN },
    distributions: [{ record: makeRecord(core) }],
  })

  it('fails the import', () => {
    expect(needs(layer('if error:\n  raise error\n')).get(core)).toBe('required')
  })
  it('is caught when nobody raises it', () => expect(needs(layer('')).get(core)).toBe('optional'))
})

describe('a package that was installed for a newer Python', () => {
  const findings = (requirement: string, init = 'import later_typing\n') =>
    pythonWheelTag
      .run(
        makePythonLayer({
          sources: { 'fastmath/__init__.py': init },
          distributions: [{ record: makeRecord(), requires: [requirement] }],
        }),
      )
      .findings.map(({ level, message }) => `${level} ${message}`)

  it('lacks what this Python needs in addition', () => {
    expect(findings('later-typing>=4; python_version < "3.13"')).toEqual([
      expect.stringMatching(/^error .*installed for a newer Python.*later-typing.*`import fastmath` fails/),
    ])
  })
  it.each([
    ['is required in older ones only', 'later-typing; python_version < "3.11"'],
    ['is required in each, and may be in another layer', 'later-typing'],
    ['is an extra', 'later-typing; python_version < "3.13" and extra == "old"'],
  ])('may lack what %s', (_, requirement) => expect(findings(requirement)).toEqual([]))
  it('may lack what it goes on without', () => {
    const init = 'try:\n  import later_typing\nexcept ImportError:\n  pass\n'
    expect(findings('later-typing>=4; python_version < "3.13"', init)).toEqual([])
  })
})

describe('a file that is cut off', () => {
  const layer = (native: NonNullable<PythonLayer['native']>) => ({
    sources: { 'fastmath/__init__.py': 'try:\n  from . import _core\nexcept ImportError:\n  pass\n' },
    native,
    distributions: [{ record: makeRecord(core) }],
  })
  const cut = { problem: 'a segment ends at byte 9000, the file has 4000' }

  it('kills the process, guarded or not', () => {
    expect(needs(layer({ [core]: { ...cut, truncated: true } })).get(core)).toBe('required')
  })
  it('kills it as a library too', () => {
    const native = {
      [core]: { needed: ['libown.so.1'], runpath: '$ORIGIN' },
      'fastmath/libown.so.1': { ...cut, truncated: true as const },
    }
    expect(needs(layer(native)).get(core)).toBe('required')
  })
  it('kills a part of many that is prepared to go on without it, and not the package', () => {
    const part = 'try:\n  from . import _core\nexcept ImportError:\n  pass\n'
    const sources = { 'fastmath/__init__.py': '', 'fastmath/a.py': part, ...plain('b', 'c', 'd', 'e', 'f') }
    expect(needs({ ...layer({ [core]: { ...cut, truncated: true } }), sources }).get(core)).not.toBe('required')
    const unprepared = { ...sources, 'fastmath/a.py': 'from . import _core\n' }
    expect(needs({ ...layer({ [core]: { ...cut, truncated: true } }), sources: unprepared }).get(core)).toBe('required')
  })
  it('kills it in a function that a condition asks whether it can be imported', () => {
    const asks =
      'import importlib\ndef can(name):\n  try:\n    importlib.import_module(name)\n    return True\n  except ImportError:\n    return False\n'
    const sources = { 'fastmath/__init__.py': `${asks}if can("fastmath._core"):\n  x = 1\nelse:\n  x = 2\n` }
    expect(needs({ ...layer({ [core]: { ...cut, truncated: true } }), sources }).get(core)).toBe('required')
    expect(needs({ ...layer({ [core]: BROKEN }), sources }).get(core)).toBe('optional')
  })
  it('is refused, and caught, when its headers are', () => {
    expect(needs(layer({ [core]: { problem: 'the program header table ends at byte 900' } })).get(core)).toBe(
      'optional',
    )
  })
})

describe('a module that is named for Linux', () => {
  const layer = (init: string) =>
    makePythonLayer({
      sources: { 'fastmath/__init__.py': init },
      foreign: ['fastmath/_fastmath_osx.abi3.so'],
      distributions: [{ record: makeRecord('fastmath/_fastmath_osx.abi3.so') }],
    })
  const levels = (init: string) => foreignBinary.run(layer(init)).findings.map(({ level }) => level)

  it('is not there when only that for macOS is', () => {
    expect(levels('from . import _fastmath_linux\n')).toEqual(['error'])
  })
  it('may be done without', () => {
    expect(levels('try:\n  from . import _fastmath_linux\nexcept ImportError:\n  pass\n')).toEqual(['note'])
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
      'by a name that a variable holds, on each system another one',
      'from cffi import FFI\nif on_windows():\n  lib = "libnowhere.dll"\nelse:\n  lib = "libnowhere.so.1"\n  glib = "libglib.so.9"\nffi = FFI()\nx = ffi.dlopen(lib)\n',
    ],
    [
      'by a name that the file holds',
      'from ctypes import CDLL\ndef load():\n  for n in names():\n    try:\n      return CDLL(n)\n    except OSError:\n      pass\n  else:\n    raise ImportError("no")\nNAMES = ["libnowhere.so.1"]\nload()\n',
    ],
    [
      'by what nothing finds',
      'from ctypes.util import find_library\npath = find_library("nowhere.so.1".split(".")[0])\npath = find_library("nowhere")\nif not path:\n  raise ImportError("libnowhere.so.1")\n',
    ],
    [
      'by what a function does not find',
      'from ctypes.util import find_library\ndef find():\n  path = find_library("nowhere")\n  return path\npath = find()\nif path is None:\n  raise ImportError("no")\n',
    ],
    [
      'by what a condition asks a function for',
      'from ctypes.util import find_library\nimport sys\ndef find():\n  if sys.platform == "win32":\n    return None\n  else:\n    path = find_library("nowhere")\n  return path\nif not (path := find()):\n  raise ImportError("no")\n',
    ],
    [
      'under several names in a loop that ends with the first',
      'import ctypes\nfor name in ("libnowhere.so.1", "libnowhere.so"):\n  try:\n    lib = ctypes.CDLL(name)\n    break\n  except OSError:\n    pass\nelse:\n  raise ImportError("no")\n',
    ],
    [
      'under one of many names, of which none goes on',
      'import ctypes\nfrom ctypes.util import find_library\ndef paths():\n  for more in x:\n    yield find_library("nothing" + more), find_library("nowhere" + more)\ndef load():\n  for path in paths():\n    try:\n      lib = ctypes.CDLL(str(path))\n    except OSError:\n      continue\n    return lib\n  raise OSError("no")\nload()\n',
    ],
  ])('%s: is missing', (_, init) => {
    expect(findings(init)).toEqual([expect.stringMatching(/^error .*libnowhere\.so/)])
  })

  it.each([
    ['under a guard', 'try:\n  CDLL("libnowhere.so.1")\nexcept OSError:\n  pass\nimport ctypes\n'],
    ['the system has it', 'import ctypes\nctypes.CDLL("libc.so.6")\n'],
    ['in a function that nobody calls', 'import ctypes\ndef f():\n  ctypes.CDLL("libnowhere.so.1")\n'],
    [
      'what is looked for is there',
      'from ctypes.util import find_library\npath = find_library("c")\nif not path:\n  raise ImportError("no")\n',
    ],
    [
      'what is looked for is not there, and nobody minds',
      'from ctypes.util import find_library\npath = find_library("nowhere")\nif path:\n  import nowhere\n',
    ],
    [
      'the function has another way',
      'from ctypes.util import find_library\ndef find():\n  path = find_library("nowhere")\n  if path is None:\n    path = guess()\n  return path\nif not (path := find()):\n  raise ImportError("no")\n',
    ],
    [
      'the function may not have looked for it',
      'from ctypes.util import find_library\ndef find():\n  if known():\n    return known()\n  path = find_library("nowhere")\n  return path\nif not (path := find()):\n  raise ImportError("no")\n',
    ],
    [
      'the function returns something else',
      'from ctypes.util import find_library\ndef find():\n  path = find_library("nowhere")\n  return known(path)\npath = find()\nif not path:\n  raise ImportError("no")\n',
    ],
    [
      'the loop may have ended before',
      'from ctypes.util import find_library\nfor name in ("a", "b"):\n  path = find_library("nowhere")\n  if path or found(name):\n    break\nelse:\n  raise ImportError("no")\n',
    ],
    ['the program itself', 'import ctypes\nctypes.CDLL(None)\n'],
  ])('%s: no error', (_, init) => {
    expect(findings(init).filter((one) => one.startsWith('error'))).toEqual([])
  })
})

describe('a package that wraps a library of the system', () => {
  const findings = (...parts: readonly string[]) => {
    const sources = {
      'fastmath/__init__.py': '',
      'fastmath/loader.py':
        'from ctypes import cdll\nfrom ctypes.util import find_library\ndef load():\n  path = find_library("nowhere")\n  if not path:\n    raise ImportError("no")\n  return cdll.LoadLibrary(path), []\n',
      ...Object.fromEntries(
        parts.map((name) => [
          `fastmath/${name}.py`,
          'import ctypes\nfrom . import loader\nlib, rest = loader.load()\n',
        ]),
      ),
      ...plain('a', 'b', 'c'),
    }
    const layer = makePythonLayer({ sources, distributions: [{ record: makeRecord() }] })
    return missingLibrary.run(layer).findings.map(({ level, message }) => `${level} ${message}`)
  }

  it('needs it for what its parts are there for', () => {
    expect(findings('fastmath', 'wrapper')).toEqual([expect.stringMatching(/^error .*libnowhere\.so/)])
  })
  it('does without it where hardly any of them asks for it', () => {
    expect(findings('wrapper').filter((one) => one.startsWith('error'))).toEqual([])
  })
})

describe('a part that bears the name of an extra', () => {
  const own = 'numbers/_core.abi3.so'
  const record = (module: string, native: readonly string[] = []) => ({
    files: 1,
    native,
    modules: [module],
    others: [],
  })
  const need = (extra: string, part = 'array') => {
    const distributions = [
      { record: record('fastmath'), requires: [`numbers; extra == "${extra}"`, 'gone; extra == "gone"'] },
      { name: 'numbers', requested: false, record: record('numbers', [own]) },
      { name: 'user', requires: ['numbers'], record: record('user') },
    ]
    const sources = {
      'fastmath/__init__.py': '',
      [`fastmath/${part}.py`]: 'import numbers\n',
      ...plain('a', 'b', 'c', 'd', 'e', 'f'),
      'numbers/__init__.py': 'from . import _core\n',
      'user/__init__.py': '',
      'user/a.py': '',
    }
    return needs({ sources, native: { [own]: BROKEN }, distributions }).get(own)
  }

  it('is what the package is used by, where all that the extra brings is there', () => {
    expect(need('array')).toBe('required')
  })
  it('is not, where something of it is missing', () => {
    expect(need('gone', 'gone')).not.toBe('required')
  })
  it('may be broken under another name', () => {
    expect(need('array', 'frame')).not.toBe('required')
  })
})

describe('a compiled module beside a package', () => {
  const backend = '_fast_backend.abi3.so'
  const layer = (api: string): PythonLayer => ({
    sources: {
      'fastmath/__init__.py': 'from .api import FFI\n',
      'fastmath/api.py': api,
      'fastmath/types.py': 'try:\n    import _fast_backend\nexcept ImportError:\n    pass\n',
    },
    native: { [backend]: BROKEN },
    distributions: [{ record: { ...makeRecord(backend), modules: ['fastmath', '_fast_backend'] } }],
  })
  const api = (body: string) => `class FFI:\n    def __init__(self, backend=None):\n${body}`

  it('is needed where a call cannot do without it, though a part can', () => {
    expect(needs(layer(api('        import _fast_backend as backend\n'))).get(backend)).toBe('required')
  })
  it.each([
    [
      'does without it too',
      '        try:\n            import _fast_backend\n        except ImportError:\n            pass\n',
    ],
    ['asks for something else', '        import _other_backend\n'],
  ])('is not where that %s', (_, body) => {
    expect(needs(layer(api(body))).get(backend)).not.toBe('required')
  })
})
