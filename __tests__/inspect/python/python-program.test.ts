import { describe, expect, it } from 'vitest'
import { pythonProgram } from '../../../src/inspect/python/python-program.ts'

const read = (text: string) => pythonProgram(Buffer.from(text))

describe('imports', () => {
  it('reads every form with its line', () => {
    expect(read('import a.b, c as d\nfrom ..x import (\n  y,  # why\n  z as w,\n)\nfrom . import *\n')).toEqual([
      { import: 'a.b', line: 1 },
      { import: 'c', line: 1, as: 'd' },
      { from: '..x', names: ['y', 'z'], line: 2, as: { z: 'w' } },
      { from: '.', names: ['*'], line: 6 },
    ])
  })

  it('takes names that every object has as names', () => {
    expect(read('from a import b as toString, valueOf\nif constructor:\n  import c\n')).toEqual([
      { from: 'a', names: ['b', 'valueOf'], line: 1, as: { b: 'toString' } },
      { if: { name: 'constructor' }, body: [{ import: 'c', line: 3 }] },
    ])
  })

  it('is not misled by strings, comments and continuations', () => {
    const text = [
      '"""',
      'import in_docstring',
      '"""',
      "text = '''",
      'import in_string',
      "'''",
      '# import in_comment',
      "quote = 'it\\'s # no comment'",
      'names = [',
      "    'import in_list',",
      ']',
      'from a import \\',
      '    b',
      'x = 1; import c',
    ].join('\n')
    expect(read(text)).toEqual([
      { from: 'a', names: ['b'], line: 12 },
      { import: 'c', line: 14 },
    ])
  })

  it('leaves out methods and coroutines, keeps bodies of classes and functions that other modules may call', () => {
    const text =
      'def f():\n    import lazy\nclass C:\n    import eager\n    def g(self):\n        import lazy\nasync def h(): import lazy\nimport last\n'
    expect(read(text)).toEqual([
      { def: 'f', body: [{ import: 'lazy', line: 2 }] },
      { import: 'eager', line: 4 },
      { import: 'last', line: 8 },
    ])
  })

  it('keeps functions that the module calls itself', () => {
    const text =
      'def load():\n    if x:\n        return\n    import used\ndef other():\n    yield 1\n    import unused\nload()\n'
    expect(read(text)).toEqual([
      {
        def: 'load',
        body: [
          { if: { name: 'x' }, body: [{ return: true }] },
          { import: 'used', line: 4 },
        ],
      },
      { call: 'load', line: 8, bare: true },
    ])
  })

  it('keeps what a class does when it is called, and what it is called with', () => {
    const text =
      'import other, ctypes\nclass Api:\n  def __init__(self, backend=None, *, deep = None, size=1):\n    import used\n  def run(self):\n    import unused\nclass Rest:\n  class Api:\n    def __init__(self):\n      import unused\nApi()\nApi(1)\na = other.Thing()\na = other.thing()\na = absent.Thing()\n'
    expect(read(text)).toEqual([
      { import: 'other', line: 1 },
      { import: 'ctypes', line: 1 },
      {
        def: 'Api',
        body: [{ import: 'used', line: 4 }],
        parameters: ['backend', 'deep', 'size'],
        none: ['backend', 'deep'],
      },
      { call: 'Api', line: 11, bare: true },
      { call: 'Api', line: 12 },
      { call: 'other.Thing', line: 13, bare: true, into: 'a' },
    ])
  })

  it('reads imports by name that are relative to the package', () => {
    const text =
      "f = __import__('_core', globals(), locals(), ['f'], level=1)\ng = __import__('a.b', globals(), None, [], 2)\nh = __import__('c', globals(), locals(), [], 0)\n"
    expect(read(text)).toEqual([
      { from: '.', names: ['_core'], line: 1 },
      { from: '..a', names: ['b'], line: 2 },
      { import: 'c', line: 3, as: '' },
    ])
  })

  it('reads imports by name, when the name is written down', () => {
    const text =
      "import importlib\nm = importlib.import_module('a.b')\nn = __import__('c')\nk = importlib.import_module(name)\n"
    expect(read(text).slice(1)).toEqual([
      { import: 'a.b', line: 2, as: '' },
      { import: 'c', line: 3, as: '' },
      { importNamed: 'name', line: 4 },
    ])
  })

  it('reads no code in the examples of documentation', () => {
    const text = (quotes: string) =>
      `${quotes}\n>>> with __import__('pytest').raises(E):\n${quotes.slice(-3)}\nimport os\n`
    for (const quotes of ['"""', "'''", 'r"""']) expect(read(text(quotes))).toEqual([{ import: 'os', line: 4 }])
  })

  it('reads what a function is handed, where that may name a module', () => {
    const text =
      'from .select import pick\nfirst, second = ("a.b", "a.c")\nversion = "1"\npick(first, 3)\npick("a.d")\npick(version)\n'
    expect(read(text).slice(1)).toEqual([
      { set: 'first', to: { text: 'a.b' } },
      { call: 'pick', line: 4, with: [{ name: 'first' }, { name: '3' }] },
      { call: 'pick', line: 5, with: [{ text: 'a.d' }] },
      { call: 'pick', line: 6 },
    ])
  })

  it('reads what ctypes opens', () => {
    expect(read("import ctypes\nlib = ctypes.CDLL(os.path.join(here, 'libx.so'))\n").at(-1)).toEqual({
      open: ['libx.so'],
      line: 2,
    })
  })
})

describe('guards', () => {
  it('keeps handlers and what they raise', () => {
    const text =
      'try:\n    import a\nexcept (ImportError, x.OSError) as e:\n    import b\n    raise X("no") from e\nelse:\n    import c\nfinally:\n    import d\n'
    expect(read(text)).toEqual([
      {
        try: [{ import: 'a', line: 2 }],
        except: [
          {
            types: ['ImportError', 'OSError'],
            body: [
              { import: 'b', line: 4 },
              { raise: 'X', line: 5 },
            ],
          },
        ],
        else: [{ import: 'c', line: 7 }],
        finally: [{ import: 'd', line: 9 }],
      },
    ])
  })

  it('takes contextlib.suppress for a guard', () => {
    expect(read('with contextlib.suppress(ImportError):\n    import a\n')).toEqual([
      { try: [{ import: 'a', line: 2 }], except: [{ types: ['ImportError'], body: [] }] },
    ])
  })

  it('keeps a setting of the environment that a condition asks for', () => {
    const text = "import os\nmode = os.environ.get('MODE', 'x')  # or y\nother = os.getenv('OTHER', 'x')\n"
    expect(read(`${text}if mode == 'x':\n    import a\n`).slice(1)).toEqual([
      { set: 'mode', to: { variable: 'MODE', otherwise: 'x' } },
      { if: { name: 'mode', equals: 'x' }, body: [{ import: 'a', line: 5 }] },
    ])
  })

  it('asks for a name that only Python 2 or a build defines', () => {
    expect(
      read('try:\n    SETUP\nexcept NameError:\n    SETUP = False\nif SETUP:\n    pass\nelse:\n    import a\n'),
    ).toEqual([
      { set: 'SETUP', to: 'false' },
      { if: { name: 'SETUP' }, body: [], else: [{ import: 'a', line: 8 }] },
    ])
  })
})

it('is not sure of what is imported where a name is unknown that Python 3 may have', () => {
  expect(read('try:\n    callable\nexcept NameError:\n    from collections import Callable\n')).toEqual([
    { if: null, body: [{ from: 'collections', names: ['Callable'], line: 4 }] },
  ])
})

describe('conditions', () => {
  const condition = (text: string) => {
    const [step] = read(`if ${text}:\n    import a\n`)
    if (step === undefined) return false
    return 'if' in step ? step.if : true
  }

  it.each([
    ["sys.platform == 'win32'", false],
    ["sys.platform.startswith(('linux', 'darwin'))", true],
    ["os.name == 'nt' or sys.platform in ('cygwin', 'win32')", false],
    ['TYPE_CHECKING', false],
    ['typing.TYPE_CHECKING', false],
    ["not TYPE_CHECKING and sys.implementation.name == 'cpython'", true],
    ["platform.system() != 'Windows'", true],
    ["platform.system().lower() == 'linux'", true],
    ["platform.system().lower().endswith('bsd')", false],
    ["sys.platform.lower() in ('win32', 'cygwin')", false],
    ["platform.machine().lower().endswith('64')", null],
    ["__name__ == '__main__'", false],
    ["hasattr(sys, 'pypy_version_info')", false],
    ['unknown()', null],
    ["sys.platform == 'linux' and unknown()", null],
    ['sys.version_info >= (3, 12)', { version: '>=', than: [3, 12] }],
    ['(3, 8) > sys.version_info[:2]', { version: '<', than: [3, 8] }],
    ['sys.version_info <= (3,)', { version: '<=', than: [3, 0] }],
    ['sys.version_info[0] <= 3', { version: '<=', than: [3] }],
    ['not has_speedups', { not: { name: 'has_speedups' } }],
    ['_c is None', { name: '_c', none: true }],
    ["os.environ.get('PURE_PYTHON')", { variable: 'PURE_PYTHON' }],
    ["__name__ == '__main__'", false],
    ["__name__ == 'grpc'", { name: '__name__', equals: 'grpc' }],
    ["backend == 'c'", { name: 'backend', equals: 'c' }],
    ["backend != 'c'", { not: { name: 'backend', equals: 'c' } }],
    ["backend() == 'c'", null],
  ])('%s', (text, expected) => {
    expect(condition(text)).toEqual(expected)
  })
})

describe('a library that is looked for under several names', () => {
  const source = (list: string) =>
    `import ctypes\nimport ctypes.util\n${list}\ndef find():\n  for name in names:\n    found = ctypes.util.find_library(name)\n    if found:\n      return found\n\nlib = ctypes.CDLL(find())\n`

  it.each([
    ['names = ["spell-2", "spell"]', ['libspell-2.so', 'libspell.so']],
    ['names = (\n  "spell",\n)', ['libspell.so']],
    ['names = computed()', []],
  ])('%s', (list, names) => {
    expect(read(source(list)).flatMap((step) => ('open' in step ? [step.open] : []))).toEqual([names])
  })
})

it.each([
  ['CDLL(find())\nx = find_library("a")\ny = find_library("b" + v)', ['liba.so', 'libb.so']],
  ['CDLL(str(x))\nc = find_library("c")\ny = find_library("b" + v)', ['libb.so']],
  ['CDLL(c)\nc = find_library("c")\ny = find_library("b" + v)', ['libc.so']],
  ['for n in ["liba.so", "libb.so.1", "b.dll"]:\n  CDLL(n)', ['liba.so', 'libb.so.1']],
  ['CDLL("liba.so.{0}".format(v))', ['liba.so']],
])('takes the names of what is opened from all of the file: %j', (text, names) => {
  const opened = read(`from ctypes import *\n${text}\n`).flatMap((step) => ('open' in step ? [step.open] : []))
  expect(opened).toEqual([names])
})

it('reads what is looked for, where a condition asks for it', () => {
  const text = 'import ctypes.util\npath = ctypes.util.find_library("zbar")\nother = ctypes.util.find_library("b")\n'
  expect(read(`${text}if not path:\n  raise ImportError()\n`)).toContainEqual({
    find: ['libzbar.so'],
    into: 'path',
    line: 2,
  })
  expect(read(text)).toEqual([{ import: 'ctypes.util', line: 1 }])
})

it('reads calls within calls and of what is unpacked, where libraries may be opened', () => {
  const text =
    'import ctypes\ndef load():\n  return CDLL("liba.so")\ndef get():\n  return wrap((1, load()))\nx, y = get()\n'
  expect(read(text)).toEqual([
    { import: 'ctypes', line: 1 },
    { def: 'load', body: [{ open: ['liba.so'], line: 3 }, { return: true }] },
    { def: 'get', body: [{ call: 'load', line: 5 }, { return: true }] },
    { call: 'get', line: 6, bare: true },
  ])
})

describe('a loop with an else', () => {
  const loop = (last: string) => read(`for x in y:\n  import a\n  ${last}\nelse:\n  import b\n`)
  it('goes there when nothing ended it', () => {
    expect(loop('break')).toEqual([
      {
        try: [{ import: 'a', line: 2 }, expect.objectContaining({ line: 3 })],
        except: [{ types: [expect.any(String)], body: [] }],
        else: [{ import: 'b', line: 5 }],
      },
    ])
    expect(loop('pass')).toEqual([
      { import: 'a', line: 2 },
      { if: null, body: [{ import: 'b', line: 5 }] },
    ])
  })
  it('passes over the rest of its body from a handler alone', () => {
    const rest = (handler: string) =>
      read(`for x in y:\n  try:\n    import a\n  except E:\n    ${handler}\n  import b\n`)
    expect(rest('continue')).toEqual([
      {
        try: [
          {
            try: [{ import: 'a', line: 3 }],
            except: [{ types: ['?'], body: [expect.objectContaining({ line: 5 })] }],
          },
          { import: 'b', line: 6 },
        ],
        except: [{ types: [expect.any(String)], body: [] }],
      },
    ])
    expect(rest('pass')).toHaveLength(2)
    expect(read('for x in y:\n  if x:\n    continue\n  import b\n')).toEqual([{ import: 'b', line: 4 }])
  })
  it('is not ended by a loop within', () => {
    expect(read('for x in y:\n  for z in x:\n    import a\n    break\n  import b\n')).toEqual([
      { import: 'a', line: 3 },
      { import: 'b', line: 5 },
    ])
  })
})

describe('hostile sources', () => {
  it.each([
    ['an open string', "x = '''\nimport a\n"],
    ['an open bracket', 'x = [\nimport a\n'],
    ['a cut-off import', 'from . imp'],
    ['nothing but a header', 'try:'],
    ['a handler without its try', 'except ImportError:\n    import a\n'],
    ['deep nesting', Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}if x:`).join('\n')],
    ['bytes that are no text', String.fromCharCode(...Array.from({ length: 256 }, (_, byte) => byte)).repeat(20)],
  ])('%s', (_, text) => {
    expect(() => read(text)).not.toThrow()
  })
})

it('reads a function in which another one bears its name', () => {
  const steps = read('def load():\n  import a\n  def load():\n    import b\n  load()\nload()\n')
  expect(steps).toContainEqual(
    expect.objectContaining({ def: 'load', body: [{ import: 'a', line: 2 }, expect.anything()] }),
  )
})

describe('metadata of distributions', () => {
  const asked = (text: string) =>
    read(text).flatMap((step) => ('distribution' in step ? [[step.distribution, step.line]] : []))

  it.each([
    ['from importlib.metadata import version\n__version__ = version("duckdb")\n', 'duckdb'],
    ['from importlib.metadata import version as _v\n__version__: str = _v("duckdb")\n', undefined],
    ['from importlib.metadata import version as _dist_version\n__version__: str = _dist_version("duckdb")\n', 'duckdb'],
    ["import importlib.metadata\nv = importlib.metadata.version('zeep')\n", 'zeep'],
    ['import importlib_metadata as metadata\nv = metadata.version(__package__ or __name__)\n', '__package__'],
    ['from importlib import metadata\nv = metadata.metadata("attrs")["Version"]\n', 'attrs'],
    ['import pkg_resources\nv = pkg_resources.get_distribution(__name__).version\n', '__name__'],
    ['from importlib.metadata import version\nv = version(__name__.split(".", 1)[0])\n', '__top__'],
  ])('%j', (text, name) => {
    expect(asked(text)).toEqual(name === undefined ? [] : [[name, 2]])
  })

  it.each([
    'from .tools import version\n__version__ = version("duckdb")\n',
    'from importlib.metadata import version\ndef f():\n  return version("duckdb")\n',
    'from importlib.metadata import version\nv = version(name)\n',
    'import importlib\nv = other.version("duckdb")\n',
  ])('is not asked for by %j', (text) => {
    expect(asked(text)).toEqual([])
  })

  it('is asked for in functions that the module calls', () => {
    const text = 'from importlib.metadata import version\ndef f():\n  return version("a")\n__version__ = f()\n'
    expect(read(text)).toContainEqual({
      def: 'f',
      body: [{ distribution: 'a', line: 3 }, { call: 'version', line: 3 }, { return: true }],
    })
  })
})
