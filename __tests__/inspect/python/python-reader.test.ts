import { describe, expect, it } from 'vitest'
import { pythonReader } from '../../../src/inspect/python/python-reader.ts'
import { makeFile } from '../../builders/evidence.ts'

const SITE = '/opt/python'
const FOLDER = `${SITE}/grpc_io-1.62.0.dist-info`

function facts(texts: Readonly<Record<string, string>>) {
  const drafts = new Map()
  for (const [path, text] of Object.entries(texts)) {
    const entry = makeFile(path, { size: text.length })
    const wanted = pythonReader.wants(entry, Buffer.from(text.slice(0, 4)))
    if (wanted === 0) continue
    const draft = pythonReader.read(entry, Buffer.from(text).subarray(0, wanted))
    if (draft !== undefined) drafts.set(path, draft)
  }
  return pythonReader.finish(drafts)
}

describe('a distribution', () => {
  it('has its requirements behind a license of several lines', () => {
    const text =
      'Metadata-Version: 2.1\nName: grpcio\nLicense: Copyright\n        \n          Apache License\nRequires-Dist: six\n\nRequires-Dist: text\n'
    expect(facts({ [`${FOLDER}/METADATA`]: text })).toMatchObject([{ name: 'grpcio', requires: [{ name: 'six' }] }])
  })

  it('is put together from the files of its folder', () => {
    const record = [
      'grpc/__init__.py,sha256=x,10',
      'grpc/_cython/cygrpc.cpython-311-x86_64-linux-gnu.so,sha256=x,10',
      'grpc.libs/libz-1a2b.so.1,sha256=x,10',
      'google/cloud/storage/__init__.py,sha256=x,10',
      '"odd,name.py",sha256=x,10',
      '_speed.abi3.so,sha256=x,10',
      '../../bin/grpc,sha256=x,10',
      'bin/measure.py,sha256=x,10',
      'share/doc/example.py,sha256=x,10',
      'lib64/libgrpc.so,sha256=x,10',
      'grpc_io-1.62.0.dist-info/RECORD,,',
    ]
    expect(
      facts({
        [`${FOLDER}/METADATA`]:
          'Metadata-Version: 2.1\nName: Grpc_IO\nVersion: 1.62.0\nRequires-Dist: six (>=1)\nRequires-Python: >=3.7\n\nName: text\n',
        [`${FOLDER}/WHEEL`]: 'Root-Is-Purelib: false\nTag: cp311-cp311-manylinux_2_17_x86_64\n',
        [`${FOLDER}/RECORD`]: `${record.join('\n')}\n`,
        [`${FOLDER}/top_level.txt`]: 'grpc\n',
      }),
    ).toEqual([
      {
        kind: 'distribution',
        path: FOLDER,
        name: 'grpc-io',
        version: '1.62.0',
        requires: [{ text: 'six (>=1)', name: 'six', extras: [], specifiers: '>=1' }],
        requiresPython: '>=3.7',
        tags: ['cp311-cp311-manylinux_2_17_x86_64'],
        pure: false,
        topLevel: ['grpc'],
        record: {
          files: 10,
          native: [
            'grpc/_cython/cygrpc.cpython-311-x86_64-linux-gnu.so',
            'grpc.libs/libz-1a2b.so.1',
            '_speed.abi3.so',
            'lib64/libgrpc.so',
          ],
          modules: ['grpc', 'google.cloud.storage', '_speed'],
          others: ['grpc.libs', 'odd,name.py', 'bin', 'share', 'lib64'],
        },
      },
    ])
  })

  it('has the name of its folder when its files say nothing', () => {
    expect(facts({ [`${FOLDER}/WHEEL`]: '' })).toMatchObject([{ name: 'grpc-io', version: '1.62.0' }])
  })
})

describe('a module', () => {
  it('is a fact when it imports something', () => {
    expect(
      facts({
        '/var/task/app.py': 'import numpy\n',
        '/var/task/empty.py': 'x = 1\n',
        '/opt/python/a/tests/test_a.py': 'import numpy\n',
        '/usr/share/doc/example.py': 'import numpy\n',
      }),
    ).toEqual([{ kind: 'module', path: '/var/task/app.py', steps: [{ import: 'numpy', line: 1 }] }])
  })

  it('keeps the functions that import when some module calls one of that name', () => {
    const texts = {
      [`${SITE}/app/__init__.py`]: 'from .inner import load as get\nget()\n',
      [`${SITE}/app/inner.py`]:
        'if x():\n  def load():\n    import os\ndef other():\n  import os\ndef named(name):\n  import_module(name)\n',
    }
    const [, inner] = facts(texts)
    expect(inner).toMatchObject({ steps: [{ body: [{ def: 'load' }] }, { def: 'named' }] })
  })

  it('says when it changes how imports work', () => {
    expect(facts({ '/opt/python/six.py': "import sys\nsys.modules['six.moves'] = moves\n" })).toMatchObject([
      { dynamic: true },
    ])
    const dynamic = (text: string) =>
      facts({ '/opt/python/six.py': `import sys\n${text}\n` }).map((one) => 'dynamic' in one)
    expect(['where = __path__[0]', 'f(x.__path__[0])'].flatMap(dynamic)).toEqual([false, false])
    expect(["if 'IPython' in sys.modules:\n  pass", "x = a in sys.modules['b'].c"].flatMap(dynamic)).toEqual([
      false,
      true,
    ])
    const extending = (text: string) =>
      facts({ '/opt/python/six.py': `import sys\n${text}\n` }).map((one) => 'extendsPath' in one)
    const adding = ['sys.path.insert(0, x)', 'sys.path.append(x)', 'sys.path.extend(x)']
    expect(adding.flatMap(extending)).toEqual([true, true, true])
    expect(['"""Looks on sys.path."""', 'sys.path.remove(x)'].flatMap(extending)).toEqual([false, false])
    expect(['__path__[0] = x', '__path__.append(x)', 'fix(__path__)'].flatMap(dynamic)).toEqual([true, true, true])
  })
})

describe('a compiled module', () => {
  const native = (...names: string[]) => `\x7fELF\0_cython_3_1_0\0${names.join('\0')}\0`
  const so = (name: string) => `/opt/python/pandas/_libs/${name}.cpython-311-x86_64-linux-gnu.so`

  it('names the compiled modules that it imports first, of its own package', () => {
    const files = {
      [so('lib')]: native(
        'pandas._libs.lib',
        'pandas._libs.util',
        'pandas._libs.lib.Validator',
        'numpy.core',
        'pandas._libs.gone',
      ),
      [so('util')]: native('pandas._libs.util.Helper'),
      '/opt/python/pandas-2.0.dist-info/RECORD': 'pandas/_libs/gone.cpython-311-x86_64-linux-gnu.so,sha256=x,10\n',
    }
    expect(facts(files).filter(({ kind }) => kind === 'compiled')).toEqual([
      { kind: 'compiled', path: so('lib'), imports: ['pandas._libs.util', 'pandas._libs.gone'] },
    ])
  })

  it('names the module that all code of cffi asks for', () => {
    const files = {
      '/opt/python/nacl/_sodium.abi3.so': '\x7fELF\0_cffi_backend\0',
      '/opt/python/_cffi_backend.cpython-311-x86_64-linux-gnu.so': '\x7fELF\0_cffi_backend\0',
    }
    expect(facts(files)).toMatchObject([{ path: '/opt/python/nacl/_sodium.abi3.so', imports: ['_cffi_backend'] }])
  })

  it('tells what PyO3 does not initialize again', () => {
    const files = (text: string) => ({
      '/opt/python/locks/_rust.abi3.so': `\x7fELF\0_cffi_backend\0${text}`,
      '/opt/python/_cffi_backend.cpython-311-x86_64-linux-gnu.so': '\x7fELF\0_cffi_backend\0',
    })
    const said = 'PyO3 modules compiled for CPython 3.8 or older may only be initialized once per interpreter process'
    expect(facts(files(said))).toMatchObject([{ once: true }])
    expect(facts(files('PyO3'))).not.toMatchObject([{ once: true }])
  })

  it('names the library that mypyc puts its code in', () => {
    const files = {
      '/opt/python/tomli/_parser.cpython-311-x86_64-linux-gnu.so': '\x7fELF\xc312ab__mypyc\0',
      '/opt/python/12ab__mypyc.cpython-311-x86_64-linux-gnu.so': '\x7fELF',
    }
    expect(facts(files)).toMatchObject([{ imports: ['12ab__mypyc'] }])
  })

  it.each([
    ['numpy.core._multiarray_umath', 1],
    ['text\xffnumpy.core._multiarray_umath', 1],
    ['numpy._core._multiarray_umath\0numpy.core._multiarray_umath', undefined],
  ])('tells by %j what NumPy it was made for', (names, numpy) => {
    expect(facts({ [so('lib')]: native(names) }).map((fact) => fact.kind === 'compiled' && fact.numpy)).toEqual([numpy])
  })

  it.each([
    [['numpy.core._multiarray_umath'], true],
    [['numpy._core._multiarray_umath'], true],
    [['numpy._core._multiarray_umath', 'pybind11_getbuffer'], undefined],
    [['numpy._core._multiarray_umath', 'pybind11_getbuffer', 'N8pybind1112import_errorE'], true],
    [['numpy'], undefined],
  ])('tells by %j whether it fills in the interface of NumPy', (names, fills) => {
    expect(facts({ [so('lib')]: native(...names) }).map((fact) => fact.kind === 'compiled' && fact.fillsNumpy)).toEqual(
      fills === undefined ? [] : [fills],
    )
  })

  it('is not searched when Cython did not make it', () => {
    expect(facts({ [so('lib')]: '\x7fELF\0pandas._libs.util\0', [so('util')]: '\x7fELF' })).toEqual([])
  })
})
