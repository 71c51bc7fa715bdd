import { describe, expect, it } from 'vitest'
import { runtimeViews } from '../../../src/checks/facts/runtime-view.ts'
import { pythonImports } from '../../../src/checks/python/python-imports.ts'
import { pythonLoads } from '../../../src/checks/python/python-loads.ts'
import { pythonWheelTag } from '../../../src/checks/python-wheel-tag.ts'
import { makePythonLayer, makeRecord, type PythonLayer } from './python-layer.ts'

const core = 'fastmath/_core.abi3.so'
const BROKEN = { needed: ['libnowhere.so.1'] }
const setting = 'import os\nbackend = os.environ.get("FASTMATH_BACKEND", "c")\n'

function fastmath(init: string, layer: PythonLayer = { native: { [core]: BROKEN } }) {
  const subject = makePythonLayer({
    ...layer,
    sources: { 'fastmath/__init__.py': init, ...layer.sources },
    distributions: [{ record: makeRecord(core) }],
  })
  const [view] = runtimeViews(subject)
  if (view === undefined) throw new Error('no view')
  const found = pythonImports(subject, view)?.packages[0]?.imports[0]
  const [load] = pythonLoads(subject, view)
  return {
    failures: found?.failures.map(({ cause }) => cause.kind),
    need: load?.need,
    unsure: found?.caught.map(({ unsure }) => unsure === true),
  }
}

describe('what stands in for a native module that cannot be loaded', () => {
  const init = 'try:\n  from ._core import f\nexcept ImportError:\n  from .slow import f\n'
  const failures = (slow: string, text = init) =>
    fastmath(text, { native: { [core]: BROKEN }, sources: { 'fastmath/slow.py': `${slow}f = 1\n` } }).failures
  const documented = 'if not fastmath.documented():\n  import nowhere\n'

  it('does not do so without what it asks for itself, unless for what nobody can tell', () => {
    expect(failures(documented)).toEqual(['load'])
  })
  it('does when it is prepared for its absence', () => {
    expect(failures('if not documented():\n  try:\n    import nowhere\n  except ImportError:\n    pass\n')).toEqual([])
  })
  it('does when it asks for nothing else', () => {
    expect(failures('if not documented():\n  from . import other\n')).toEqual([])
  })
  it('is not needed where a condition decides', () => {
    const chosen = 'try:\n  from ._core import f\nexcept ImportError:\n  if wanted():\n    from .slow import f\n'
    expect(failures(documented, chosen)).toEqual([])
  })
})

describe('a native module that cannot be loaded', () => {
  it.each([
    ['unguarded', 'from . import _core\n'],
    ['re-raised', 'try:\n  from ._core import f\nexcept ImportError as e:\n  raise RuntimeError("no") from e\n'],
    ['caught by the wrong type', 'try:\n  from ._core import f\nexcept KeyError:\n  pass\n'],
    ['without a way round', 'try:\n  from ._core import f\nexcept ImportError:\n  from ._pure import f\n'],
    ['in a function that is called', 'def load():\n  from . import _core\nload()\n'],
    ['in the branch for Linux', "if sys.platform == 'win32':\n  pass\nelse:\n  from . import _core\n"],
    ['under its own name', 'if __name__ == "fastmath":\n  from . import _core\n'],
    ['for this Python', 'if sys.version_info >= (3, 11):\n  from . import _core\n'],
    ['for patch releases before this one', 'if sys.version_info < (3, 11, 3):\n  pass\nelse:\n  from . import _core\n'],
    [
      'picked by a setting that is left alone',
      `${setting}if backend == "pure":\n  import fastmath_pure\nelif backend == "c":\n  from ._core import *\nelse:\n  raise ValueError("no")\n`,
    ],
    [
      'picked by a setting that is left alone, without blanks',
      'import os\nbackend = os.environ.get("FASTMATH_BACKEND", "c").strip().lower()\nif backend == "c":\n  from ._core import *\n',
    ],
    [
      'outside of its folder',
      'import sys\nif len(__path__) > 0 and __path__[0] not in sys.path:\n  from . import _core\n',
    ],
    [
      'unless a switch is set that is a number',
      "import os\nIS_PURE = int(os.environ.get('PURE_PYTHON', '0'))\nCAPI = not (IS_PYPY or IS_PURE)\nif CAPI:\n  from ._core import *\n",
    ],
  ])('%s: the import fails', (_, init) => {
    expect(fastmath(init)).toMatchObject({ failures: ['load'], need: 'required' })
  })

  it.each([
    ['guarded', 'try:\n  from . import _core\nexcept ImportError:\n  _core = None\n'],
    ['guarded by everything', 'try:\n  from . import _core\nexcept:\n  pass\n'],
    ['under another name than its own', 'if __name__ == "slowmath":\n  from . import _core\n'],
    ['suppressed', 'with suppress(ImportError):\n  from . import _core\n'],
    ['in a function that nobody calls', 'def load():\n  from . import _core\n'],
    ['under a condition that nobody can tell', 'if fast():\n  from . import _core\n'],
    [
      'only when a switch is set that is a number',
      "import os\nPURE = not int(os.environ.get('FAST', '0'))\nif not PURE:\n  from ._core import *\n",
    ],
    ['not what a setting picks by itself', `${setting}if backend != "c":\n  from . import _core\n`],
    [
      'picked by more than a setting',
      `${setting}backend = detect(backend)\nif backend == "c":\n  from . import _core\n`,
    ],
    ['for another Python', 'if sys.version_info >= (3, 12):\n  from . import _core\n'],
    ['for a later patch release', 'if sys.version_info >= (3, 11, 10):\n  from . import _core\n'],
    ['never asked for', 'import os\n'],
  ])('%s: the import works', (_, init) => {
    expect(fastmath(init)).toMatchObject({ failures: [], need: 'optional' })
  })

  it('lets what the package knows decide', () => {
    const init =
      'try:\n  from . import _core\n  FAST = True\nexcept ImportError:\n  FAST = False\nif FAST:\n  from .nowhere import f\n'
    expect(fastmath(init)).toMatchObject({ failures: [], need: 'optional' })
  })
})

it('lets one module ask another whether an import went well', () => {
  const sources = {
    'fastmath/row.py': 'try:\n  from . import _core\n  _uses_c = True\nexcept ImportError:\n  _uses_c = False\n',
    'fastmath/result.py': 'from .row import _uses_c\nif _uses_c:\n  from ._core import f\n',
  }
  expect(fastmath('from . import result\n', { sources, native: { [core]: BROKEN } })).toMatchObject({
    failures: [],
    need: 'optional',
  })
})

describe('a module whose name is handed to a function', () => {
  const select =
    'from importlib import import_module\ndef select(name: str) -> dict:\n  try:\n    mod = import_module(name)\n  except ImportError:\n    raise\n  return {}\n'
  const both =
    'from .select import select\nfirst, second = ("fastmath._core", "fastmath.pure")\ntry:\n  ns = select(first)\nexcept Exception as e:\n  try:\n    ns = select(second)\n  except ImportError:\n    raise e from None\n'

  it.each([
    ['fails with it', 'from .select import select\nselect("fastmath._core")\n', ['load']],
    ['fails with it where the other is not there either', both, ['load']],
    ['is not known when the name is computed', 'from .select import select\nselect("fastmath." + core())\n', []],
    [
      'is that of the last assignment',
      'from .select import select\nx = "fastmath._core"\nx = pick(x)\nselect(x)\n',
      [],
    ],
  ])('%s', (_, init, failures) => {
    const layer = { sources: { 'fastmath/select.py': select }, native: { [core]: BROKEN } }
    expect(fastmath(init, layer).failures).toEqual(failures)
  })

  it('is put together from a name and an ending', () => {
    const layer = {
      sources: { 'fastmath/select.py': select.replace('(name)', '(name + "ore")') },
      native: { [core]: BROKEN },
    }
    expect(fastmath('from .select import select\nstart = "fastmath._c"\nselect(start)\n', layer).failures).toEqual([
      'load',
    ])
    const twice = 'from .select import select\ndef load(start):\n  select(start + "_c")\nload("fast.math")\n'
    const other = { 'fastmath/select.py': select.replace('(name)', '(name + "ore")'), 'fast/__init__.py': '' }
    const found = fastmath(twice, {
      sources: { ...other, 'fast/math_core.py': 'import os\n' },
      native: { [core]: BROKEN },
    })
    expect(found.failures).toEqual([])
  })

  it('is replaced by another', () => {
    const sources = { 'fastmath/select.py': select, 'fastmath/pure.py': 'import os\n' }
    expect(fastmath(both, { sources, native: { [core]: BROKEN } }).failures).toEqual([])
  })
})

describe('a module that is picked by what the processor has', () => {
  const fast = 'fastmath/_fast.abi3.so'
  const init =
    'try:\n  from ._features import AVX2, supports\nexcept ImportError:\n  AVX2 = 2\n  def supports(x):\n    return False\nif supports(AVX2):\n  from . import _fast\nelse:\n  from . import _core\n'
  const layer = (native: NonNullable<PythonLayer['native']>) => ({ native: { [core]: {}, [fast]: BROKEN, ...native } })

  it('is that for AVX2', () => {
    expect(fastmath(init, layer({ 'fastmath/_features.abi3.so': {} })).failures).toEqual(['load'])
  })
  it('is not known when Python answers', () => {
    expect(fastmath(init, layer({ 'fastmath/_features.abi3.so': BROKEN })).failures).toEqual([])
  })
})

it('takes a setting without a default for one that nobody made', () => {
  const picked = (name: string) =>
    `import os\nwanted = os.environ.get("${name}")\nif wanted == "pure":\n  pass\nelse:\n  from . import _core\n`
  expect(fastmath(picked('FASTMATH_WAY')).failures).toEqual(['load'])
  expect(fastmath(picked('AWS_WAY')).failures).toEqual([])
})

it('counts on whoever is prepared, also where nobody can tell whether a statement runs', () => {
  const guarded = 'try:\n  if fast():\n    from . import _core\nexcept ImportError:\n  pass\n'
  const caught = (init: string) => fastmath(init).unsure
  expect(caught(guarded)).toEqual([false])
  expect(caught('if fast():\n  from . import _core\n')).toEqual([true])
})

describe('a function of another module that imports', () => {
  const inner = { 'fastmath/inner/__init__.py': 'def load():\n  from . import part\n  from .. import _core\n' }
  const sources = { ...inner, 'fastmath/inner/part.py': 'import os\n' }
  it.each([
    ['is called', 'from .inner import load\nx = load()\n', ['load']],
    ['is called by another name', 'from .inner import load as get\nget(1)\n', ['load']],
    ['is not called', 'from .inner import load\n', []],
    [
      'is called where somebody is prepared',
      'from .inner import load\ntry:\n  load()\nexcept ImportError:\n  pass\n',
      [],
    ],
  ])('%s', (_, init, failures) => {
    expect(fastmath(init, { sources, native: { [core]: BROKEN } }).failures).toEqual(failures)
  })
})

describe('one of several implementations that only what was imported tells', () => {
  const init =
    'try:\n  from fast_c import pq\nexcept ImportError:\n  from fast_binary import pq\nif pq.__impl__ == "c":\n  import fast_c._core\nelif pq.__impl__ == "binary":\n  import fast_binary._core\nelif pq.__impl__ == "python":\n  pass\n'
  const others = { 'fast_binary/__init__.py': '', 'fast_binary/pq.py': 'import os\n' }

  it('is the one that is there', () => {
    const layer = { sources: others, native: { 'fast_binary/_core.abi3.so': BROKEN } }
    expect(fastmath(init, layer).failures).toEqual(['load'])
  })

  it('is not known where all are there', () => {
    const sources = { ...others, 'fast_c/__init__.py': '', 'fast_c/pq.py': 'import os\n' }
    const layer = { sources, native: { 'fast_binary/_core.abi3.so': BROKEN, 'fast_c/_core.abi3.so': {} } }
    expect(fastmath(init, layer).failures).toEqual([])
  })
})

it('is told by what it tried first that it was not compiled', () => {
  const sources = {
    'fastmath/_core.py': 'try:\n  import cython\nexcept ImportError:\n  raise ImportError("not compiled")\n',
  }
  const init = 'try:\n  from . import _core\nexcept ImportError:\n  from .cffi_way import ffi\n'
  const native = { 'fastmath/_core.cpython-39-x86_64-linux-gnu.so': {} }
  expect(fastmath(init, { sources, native }).failures).toEqual(['passed-over'])
})

describe('a source that has no such name', () => {
  const pure = 'import os\nA = B = 1\nC: int = 2\nD, E = 3, 4\nclass F: pass\nfor G in (): pass\n'
  const way = (names: string) => `try:\n  from ._core import A\nexcept ImportError:\n  from .pure import ${names}\n`
  it.each([
    ['is no way round', way('A, H'), ['load']],
    ['is one as far as it has the names', way('A, B, C, D, E, F, G, os'), []],
    ['may have it all the same when it adds names as it runs', way('A, H').replace('pure', 'open'), []],
    ['makes the import fail', 'from .pure import H\n', ['unbound']],
    ['may be a package with a module of that name', 'from . import pure\n', []],
  ])('%s', (_, init, failures) => {
    const sources = { 'fastmath/pure.py': pure, 'fastmath/open.py': 'globals().update(A=1)\n' }
    expect(fastmath(init, { sources, native: { [core]: BROKEN } }).failures).toEqual(failures)
  })
})

describe('a module that is not there', () => {
  it('has a folder of stubs in its place', () => {
    const layer = { native: { 'fastmath/_core.cpython-312-x86_64-linux-gnu.so': {} }, other: ['fastmath/_core/x.pyi'] }
    expect(fastmath('from ._core import f\n', layer).failures).toEqual(['passed-over'])
  })

  it('is not replaced by a folder of stubs, though that can be imported', () => {
    const layer = { native: { 'speed.cpython-312-x86_64-linux-gnu.so': {} }, other: ['speed/__init__.pyi'] }
    expect(fastmath('import speed\n', layer).failures).toEqual(['passed-over'])
  })

  it('is a folder of modules all the same when it has some', () => {
    const layer = { native: { 'speed.cpython-312-x86_64-linux-gnu.so': {} }, sources: { 'speed/a.py': 'import os\n' } }
    expect(fastmath('import speed\n', layer).failures).toEqual([])
  })

  it('is not native when nothing bears its name', () => {
    expect(fastmath('import nowhere\n').failures).toEqual(['absent'])
  })
})

describe('a compiled module that imports others', () => {
  const other = 'fastmath/_other.abi3.so'
  const compiled = { [core]: ['fastmath._other'] }
  const init = 'from . import _core\n'

  it('fails for one that cannot be loaded', () => {
    const native = { [core]: {}, [other]: BROKEN }
    expect(fastmath(init, { compiled, native }).failures).toEqual(['load'])
  })

  it('works when it is there', () => {
    expect(fastmath(init, { compiled, native: { [core]: {}, [other]: {} } }).failures).toEqual([])
  })

  it('fails for one of which only the source is left', () => {
    const layer = { compiled, native: { [core]: {}, 'fastmath/_other.cpython-312-x86_64-linux-gnu.so': {} } }
    expect(fastmath(init, { ...layer, sources: { 'fastmath/_other.py': 'x = 1\n' } }).failures).toEqual(['passed-over'])
  })

  it('is guarded as its own import is', () => {
    const layer = { compiled, native: { [core]: {}, [other]: BROKEN } }
    expect(fastmath('try:\n  from . import _core\nexcept ImportError:\n  pass\n', layer).failures).toEqual([])
  })
})

it('does not ask for cffi where only PyPy does', () => {
  const subject = makePythonLayer({
    sources: { 'fastmath/__init__.py': 'from . import _core\n' },
    native: { [core]: {} },
    distributions: [{ record: makeRecord(core), requires: ['cffi; implementation_name == "pypy"'] }],
  })
  const [view] = runtimeViews(subject)
  const packages = view === undefined ? [] : (pythonImports(subject, view)?.packages ?? [])
  expect(packages.flatMap(({ imports }) => imports.flatMap(({ failures }) => failures))).toEqual([])
})

describe('a compiled module for NumPy 1', () => {
  it.each([
    ['is refused by NumPy 2, with or without its metadata', '_core', ['other-numpy']],
    ['works with NumPy 1', 'core', []],
  ])('%s', (_, folder, failures) => {
    const native = { [core]: {}, [`numpy/${folder}/_multiarray_umath.cpython-311-x86_64-linux-gnu.so`]: {} }
    expect(fastmath('from . import _core\n', { native, numpy1: [core] }).failures).toEqual(failures)
  })
})

it('knows that a package that replaces itself by its only compiled module fails with that one', () => {
  const levels = (init: string) =>
    pythonWheelTag
      .run(
        makePythonLayer({
          sources: { 'fastmath/__init__.py': init },
          native: { [core]: {}, 'numpy/_core/_multiarray_umath.cpython-311-x86_64-linux-gnu.so': {} },
          numpy1: [core],
          distributions: [{ record: makeRecord(core) }],
        }),
      )
      .findings.map(({ level }) => level)
  expect(levels('import sys\ndef bootstrap(): sys.modules.pop("fastmath")\nbootstrap()\n')).toEqual(['error'])
  expect(levels('import os\n')).toEqual([])
})

it('knows that most of what is compiled in a package of bytecode was made for NumPy 1', () => {
  const layer = (...numpy1: readonly string[]): PythonLayer => ({
    native: {
      'fastmath/lib.abi3.so': {},
      'fastmath/_a.abi3.so': {},
      'fastmath/_b.abi3.so': {},
      'numpy/_core/_multiarray_umath.cpython-311-x86_64-linux-gnu.so': {},
    },
    numpy1,
    other: ['fastmath/__init__.pyc'],
    distributions: [{ record: makeRecord('fastmath/lib.abi3.so', 'fastmath/_a.abi3.so', 'fastmath/_b.abi3.so') }],
  })
  const levels = (...numpy1: readonly string[]) =>
    pythonWheelTag.run(makePythonLayer(layer(...numpy1))).findings.map(({ level }) => level)
  expect(levels('fastmath/lib.abi3.so', 'fastmath/_a.abi3.so')).toEqual(['error'])
  expect(levels('fastmath/_a.abi3.so')).toEqual([])
})

describe('a package that imports itself once more', () => {
  const again = (native: NonNullable<PythonLayer['native']>, other: readonly string[] = []) =>
    fastmath(
      'import importlib\nimport sys\ndef bootstrap():\n  sys.modules.pop("fastmath")\n  native = importlib.import_module("fastmath")\nbootstrap()\n',
      { native, other },
    ).failures

  it('gets the compiled module of its name', () => {
    expect(again({ 'fastmath/fastmath.abi3.so': {} })).toEqual([])
    expect(again({ 'fastmath/fastmath.abi3.so': BROKEN })).toEqual(['load'])
    expect(again({}, ['fastmath/fastmath.abi3.so'])).toEqual(['load'])
    expect(again({ 'fastmath/python-3.11/fastmath.abi3.so': BROKEN })).toEqual(['load'])
    expect(again({ 'fastmath/fastmath.cpython-312-x86_64-linux-gnu.so': {} })).toEqual(['passed-over'])
  })
  it('gets itself without end when nothing in it is compiled', () => {
    expect(again({})).toEqual(['absent'])
    expect(again({ 'fastmath/other/thing.so': {} })).toEqual([])
  })
})

describe('a compiled module that fills in the interface of NumPy', () => {
  const failures = (requires: readonly string[], more: Partial<PythonLayer> = {}) => {
    const subject = makePythonLayer({
      sources: { 'fastmath/__init__.py': 'from . import _core\n' },
      native: { [core]: {} },
      fillsNumpy: [core],
      distributions: [{ record: makeRecord(core), requires }],
      ...more,
    })
    const [view] = runtimeViews(subject)
    const packages = view === undefined ? [] : (pythonImports(subject, view)?.packages ?? [])
    return packages.flatMap(({ imports }) => imports.flatMap((one) => one.failures.map(({ cause }) => cause.kind)))
  }
  it('fails without NumPy when its package requires that', () => {
    expect(failures(['numpy>=1.14'])).toEqual(['absent'])
  })
  it('fails with what is left of the folders of NumPy', () => {
    expect(failures(['numpy>=1.14'], { other: ['numpy/doc/notes.txt'] })).toEqual(['absent'])
  })
  it('may do without it otherwise', () => {
    expect(failures(['numpy; extra == "arrays"'])).toEqual([])
    expect(failures(['numpy>=1.14'], { fillsNumpy: [] })).toEqual([])
  })
})

it('says of a compiled module for NumPy 1 that goes on without NumPy that what needs it fails later', () => {
  const native = { [core]: {}, 'numpy/_core/_multiarray_umath.cpython-311-x86_64-linux-gnu.so': {} }
  const findings = (made: PythonLayer) =>
    pythonWheelTag.run(
      makePythonLayer({ sources: { 'fastmath/__init__.py': 'from . import _core\n' }, native, ...made }),
    ).findings
  expect(findings({ pybind1: [core] })).toMatchObject([{ level: 'warning', rule: 'python-wheel-tag' }])
  expect(findings({ numpy1: [core] })).toMatchObject([{ level: 'error', rule: 'python-wheel-tag' }])
})

describe('metadata of a distribution', () => {
  const ask = (name: string) => `from importlib.metadata import version\n__version__ = version(${name})\n`

  it('is there', () => {
    expect(fastmath(ask('__name__')).failures).toEqual([])
  })

  it.each([
    ['is not there', ask('"other"'), ['no-metadata']],
    [
      'is asked for by somebody who is prepared',
      `try:\n  ${ask('"other"').replace('\n', '\n  ')}\nexcept ImportError:\n  pass\n`,
      [],
    ],
  ])('%s', (_, init, failures) => {
    expect(fastmath(init).failures).toEqual(failures)
  })
})

it('finishes with modules that import each other', () => {
  const sources = { 'fastmath/a.py': 'from . import b\n', 'fastmath/b.py': 'from . import a\nimport fastmath\n' }
  expect(fastmath('from . import a\n', { sources, native: { [core]: {} } }).failures).toEqual([])
})

describe('a compiled module that is initialized a second time', () => {
  const cffi = '_cffi_backend.cpython-312-x86_64-linux-gnu.so'
  const rust = 'locks/_rust.abi3.so'
  const tried = 'try:\n  from locks import _rust\nexcept ModuleNotFoundError:\n  pass\n'
  const failures = (init: string, once: readonly string[]) =>
    fastmath(init, {
      sources: { 'locks/__init__.py': '' },
      native: { [rust]: {}, [cffi]: {} },
      compiled: { [rust]: ['_cffi_backend'] },
      once,
    }).failures

  it('fails with an exception that who is prepared for the first one does not catch', () => {
    expect(failures(tried + tried, [rust])).toEqual(['passed-over'])
  })
  it('does no harm where the first attempt is all', () => {
    expect(failures(tried, [rust])).toEqual([])
  })
  it('fails as before where nothing forbids a second attempt', () => {
    expect(failures(tried + tried, [])).toEqual([])
  })
})

describe('a handler that asks whether the module was not found', () => {
  const asking = (condition: string, first: string, second: string) =>
    `try:\n  from . import _core\nexcept ImportError as e:\n  if ${condition}:\n    ${first}\n  else:\n    ${second}\n`
  const lost = { other: ['fastmath/_core.cpython-312-x86_64-linux-gnu.so'] }

  it.each([
    ['in what it says', asking('"No module named" in str(e)', 'pass', 'raise')],
    ['by what it does not say', asking("'No module named' not in e.msg", 'raise', 'pass')],
  ])('goes on without it, and not with a broken one: %s', (_, init) => {
    expect(fastmath(init).failures).toEqual(['load'])
    expect(fastmath(init.replace('from . import _core', 'from fastmath._core import f'), lost).failures).toEqual([])
  })
  it('is none where it asks for something else, and holds no name', () => {
    const other = "try:\n  import nowhere\nexcept ImportError:\n  if sys.platform == 'win32':\n    raise\n"
    expect(fastmath(other).failures).toEqual([])
  })
  it('catches no more than before', () => {
    const other = asking('"No module named" in str(e)', 'pass', 'raise').replace('ImportError', 'OSError')
    expect(fastmath(other.replace('from . import _core', 'from fastmath._core import f'), lost).failures).toEqual([
      'passed-over',
    ])
  })
  it('is not followed where it asks for another text, or of another exception', () => {
    expect(fastmath(asking('"libfoo" in str(e)', 'pass', 'raise')).failures).toEqual([])
    expect(fastmath(asking('"No module named" in str(other)', 'pass', 'raise')).failures).toEqual([])
  })
})

describe('a flag that another module found out', () => {
  const failures = (name: string, found: string) =>
    fastmath(`from .features import ${name}\nif ${name}:\n  import nowhere\n`, {
      sources: { 'fastmath/features.py': `${name} = ${found}\n` },
    }).failures

  it.each(['have_doh', '_has_doh', 'use_doh'])('is not taken for a thing: %s', (name) => {
    expect(failures(name, 'look("doh")')).toEqual([])
  })
  it('does not hide what is imported for another reason', () => {
    expect(failures('look_up', 'look("doh")')).toEqual(['absent'])
  })
})
