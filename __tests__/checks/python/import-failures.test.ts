import { expect, it } from 'vitest'
import { runtimeViews } from '../../../src/checks/facts/runtime-view.ts'
import { filesOf } from '../../../src/checks/python/import-result.ts'
import { pythonImports } from '../../../src/checks/python/python-imports.ts'
import { makePythonLayer, type PythonLayer, SITE } from './python-layer.ts'

/** What `import fast` fails for: native files, else the module that is not there, else the exception. */
function failsFor(layer: PythonLayer): readonly string[] {
  const subject = makePythonLayer(layer)
  const [view] = runtimeViews(subject)
  if (view === undefined) throw new Error('no view')
  const all = pythonImports(subject, view)?.packages.flatMap(({ imports }) => imports) ?? []
  const failures = all.filter(({ module }) => module === 'fast').flatMap((one) => one.failures)
  return failures.flatMap((failure) => {
    const files = filesOf(failure).map((path) => path.slice(SITE.length + 1))
    if (files.length > 0) return files
    return failure.cause.kind === 'absent' ? [failure.cause.module] : [failure.exception]
  })
}

const BROKEN = { problem: 'a segment ends at byte 900, the file has 100' } as const
const FFI =
  'class FFI:\n    def __init__(self, backend=None):\n        if backend is None:\n            import _cffi_backend as backend\n'

it.each<[why: string, source: string, failing: readonly string[]]>([
  ['a class of a module', 'import ffi\nlib = ffi.FFI()\nlib.dlopen(name)\n', ['_cffi_backend']],
  ['an imported class', 'from ffi import FFI\nlib = FFI()\n', ['_cffi_backend']],
  ['a class with something else', 'from ffi import FFI\nlib = FFI(1)\n', []],
  ['a class that it hands on', 'from ffi import FFI\nuse(FFI)\n', []],
  ['a class in a function', 'import ffi\ndef run():\n    ffi.FFI()\n', []],
])('follows what calling %s imports', (_, source, failing) => {
  const sources = { 'fast/__init__.py': source, 'ffi/__init__.py': 'from .api import FFI\n', 'ffi/api.py': FFI }
  expect(failsFor({ sources })).toEqual(failing)
})

const OWN_FOLDER = 'import os, sys\nsys.path.append(os.path.dirname(__file__))\nfrom _fast import run\n'

it.each<[why: string, layer: Omit<PythonLayer, 'sources'>, source: string, failing: readonly string[]]>([
  [
    'is for another Python',
    { native: { 'fast/_fast.cpython-313-x86_64-linux-gnu.so': {} } },
    OWN_FOLDER,
    ['fast/_fast.cpython-313-x86_64-linux-gnu.so'],
  ],
  ['is well', { native: { 'fast/_fast.cpython-311-x86_64-linux-gnu.so': {} } }, OWN_FOLDER, []],
  ['lies elsewhere', { native: { 'fast/deep/_fast.cpython-313-x86_64-linux-gnu.so': {} } }, OWN_FOLDER, []],
  [
    'is not looked for there',
    { native: { 'fast/_fast.cpython-313-x86_64-linux-gnu.so': {} } },
    'from _fast import run\n',
    ['_fast'],
  ],
])('of a package that adds a folder to the path looks in its own: what %s', (_, layer, source, failing) => {
  expect(failsFor({ ...layer, sources: { 'fast/__init__.py': source } })).toEqual(failing)
})

const OPENS = `import ctypes\nfrom pathlib import Path\nname = 'kernel.so' if x else 'kernel.dll'\npath = Path(__file__).parent / 'cpp' / name\n`

it.each<[why: string, layer: Omit<PythonLayer, 'sources'>, open: string, failing: readonly string[]]>([
  ['is broken', { native: { 'fast/cpp/kernel.so': BROKEN } }, 'ctypes.CDLL(str(path))', ['fast/cpp/kernel.so']],
  ['is for macOS', { foreign: ['fast/cpp/kernel.so'] }, 'ctypes.CDLL(path)', ['fast/cpp/kernel.so']],
  ['is no library', { other: ['fast/cpp/kernel.so'] }, 'ctypes.CDLL(os.fspath(path))', ['fast/cpp/kernel.so']],
  ['is well', { native: { 'fast/cpp/kernel.so': {} } }, 'ctypes.CDLL(str(path))', []],
  ['is there twice', { other: ['fast/cpp/kernel.so', 'fast/old/kernel.so'] }, 'ctypes.CDLL(str(path))', []],
  ['lies too deep', { other: ['fast/a/b/c/d/kernel.so'] }, 'ctypes.CDLL(str(path))', []],
  ['is that of another package', { other: ['other/kernel.so'] }, 'ctypes.CDLL(str(path))', []],
])('opens the one library that a file names, whatever it is called: one that %s', (_, layer, open, failing) => {
  expect(failsFor({ ...layer, sources: { 'fast/__init__.py': `${OPENS}${open}\n` } })).toEqual(failing)
})

it.each([
  [
    'asks for its own metadata',
    'from importlib import metadata\n__version__ = metadata.version("fast")\n',
    ['PackageNotFoundError'],
  ],
  ['asks under a condition', 'from importlib import metadata\nif x:\n    __version__ = metadata.version("fast")\n', []],
])('does what the source of a compiled module does: one that %s', (_, source, failing) => {
  const native = { 'fast/version.cpython-311-x86_64-linux-gnu.so': {} }
  expect(
    failsFor({ sources: { 'fast/__init__.py': 'from . import version\n', 'fast/version.py': source }, native }),
  ).toEqual(failing)
})

const PATCH =
  'def _delvewheel_patch_1_13_2():\n    import os\n    os.add_dll_directory(x)\n\n_delvewheel_patch_1_13_2()\n'

it.each<[why: string, layer: Omit<PythonLayer, 'sources'>, failing: readonly string[]]>([
  ['with its modules', { other: ['fast/_run.cp311-win_amd64.pyd'] }, ['fast/_run.cp311-win_amd64.pyd']],
  ['with modules below', { other: ['fast/a/b/_run.cp311-win_amd64.pyd'] }, ['fast/a/b/_run.cp311-win_amd64.pyd']],
  ['with modules far below', { other: ['fast/a/b/c/_run.cp311-win_amd64.pyd'] }, []],
  ['without its modules', { native: { 'fast/_run.cpython-311-x86_64-linux-gnu.so': {} } }, []],
])('fails for what a wheel for Windows asks Python for, %s', (_, layer, failing) => {
  const sources = { 'fast/__init__.py': PATCH, 'fast/lazy.py': 'from . import _run\n' }
  expect(failsFor({ ...layer, sources })).toEqual(failing)
})

it('asks for NumPy where a compiled module fills in its interface, and NumPy does not load', () => {
  const layer: PythonLayer = {
    sources: { 'fast/__init__.py': 'from . import _fast\n', 'numpy/__init__.py': 'from . import _core\n' },
    native: { 'fast/_fast.so': {} },
    other: ['numpy/_core.cpython-312-x86_64-linux-gnu.so'],
    distributions: [
      { requires: ['numpy'], record: { files: 2, native: ['fast/_fast.so'], modules: ['fast'], others: [] } },
      { path: `${SITE}/numpy-2.4.6.dist-info`, name: 'numpy', version: '2.4.6' },
    ],
  }
  expect(failsFor(layer)).toEqual([])
  expect(failsFor({ ...layer, fillsNumpy: ['fast/_fast.so'] })).toEqual(['numpy/_core.cpython-312-x86_64-linux-gnu.so'])
})

it('does not take a file with more dots for a module of another Python', () => {
  const sources = { 'fast/__init__.py': 'from . import MPI\n' }
  const failing = (file: string) => failsFor({ sources, native: { [`fast/${file}`]: {} } })
  expect(failing('MPI.openmpi.cpython-311-x86_64-linux-gnu.so')).toEqual([])
  expect(failing('MPI.cpython-312-x86_64-linux-gnu.so')).toEqual(['fast/MPI.cpython-312-x86_64-linux-gnu.so'])
})
