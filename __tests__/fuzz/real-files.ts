import { globSync, readFileSync, statSync } from 'node:fs'
import { buildClass, buildJar } from '../builders/jar.ts'

export type RealFile = { readonly path: string; readonly bytes: Buffer }

const LARGEST = 128 * 1024

/**
 * Files of every kind that a reader looks into, from this machine and from the packages that the tests are run with, under
 * the paths that they would have in a layer or an image.
 */
export function realFiles(): readonly RealFile[] {
  return [
    ...some('/{usr/,}lib/*-linux-gnu/lib*.so.*', 14, (name) => `/opt/lib/${name}`),
    ...some('/{usr/,}bin/{ls,cat,true,env,id,sort}', 4, (name) => `/opt/bin/${name}`),
    ...some(
      '/{usr/,}lib/*-linux-gnu/lib{z,m,dl,rt,c}.so.*',
      4,
      () => '/opt/python/numpy/_core/_x.cpython-311-x86_64-linux-gnu.so',
    ),
    ...some(
      '/{usr/,}lib/*-linux-gnu/libpthread.so.*',
      1,
      () => '/opt/nodejs/node_modules/addon/build/Release/addon.node',
    ),
    ...some('node_modules/{vitest,yaml,ajv,typescript,@aws-sdk/client-ecr,tinyglobby}/package.json', 6, packageJson),
    ...some(
      'node_modules/{vite,rolldown,yaml,ajv}/**/*.{js,cjs,mjs}',
      12,
      (name) => `/opt/nodejs/node_modules/some/${name}`,
    ),
    ...some(
      '/usr/lib/python3*/{ssl,ctypes/__init__,importlib/__init__,json/decoder,subprocess,typing}.py',
      6,
      (name) => `/opt/python/pkg/${name}`,
    ),
    ...some('/var/lib/dpkg/status', 1, () => '/var/lib/dpkg/status'),
    ...some('/etc/ld.so.conf', 1, () => '/etc/ld.so.conf'),
    ...some('/{etc,usr/lib}/os-release', 1, () => '/usr/lib/os-release'),
    ...WRITTEN,
  ]
}

function some(pattern: string, most: number, path: (name: string) => string): readonly RealFile[] {
  return globSync(pattern)
    .filter((name) => statSync(name).isFile())
    .sort()
    .slice(0, most)
    .map((name) => ({ path: path(name.split('/').at(-1) ?? ''), bytes: readFileSync(name).subarray(0, LARGEST) }))
}

function packageJson(): string {
  return '/opt/nodejs/node_modules/some/package.json'
}

/** Formats that no Linux machine is sure to have. */
const WRITTEN: readonly RealFile[] = [
  { path: '/opt/java/lib/app.jar', bytes: jar() },
  { path: '/opt/java/lib/App.class', bytes: buildClass(65) },
  text(
    '/opt/python/numpy-2.1.0.dist-info/METADATA',
    'Metadata-Version: 2.1\nName: numpy\nVersion: 2.1.0\nRequires-Python: >=3.10\nRequires-Dist: x>1; extra == "y"\n',
  ),
  text(
    '/opt/python/numpy-2.1.0.dist-info/WHEEL',
    'Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp311-cp311-manylinux_2_17_x86_64\n',
  ),
  text(
    '/opt/python/numpy-2.1.0.dist-info/RECORD',
    'numpy/__init__.py,sha256=abc,12\nnumpy/_core/_x.cpython-311-x86_64-linux-gnu.so,sha256=abc,99\n"a,b.py",,\n',
  ),
  text(
    '/opt/python/numpy/__init__.py',
    'try:\n    from . import _core\nexcept ImportError as error:\n    raise\nimport os, sys as s\nfrom .a import (b,\n  c)\nif sys.version_info >= (3, 12):\n    import x\n',
  ),
  text(
    '/opt/ruby/gems/3.3.0/specifications/json-2.7.1.gemspec',
    'Gem::Specification.new do |s|\n  s.name = "json".freeze\n  s.version = "2.7.1".freeze\nend\n',
  ),
  text(
    '/var/task/App.runtimeconfig.json',
    '{"runtimeOptions":{"framework":{"name":"Microsoft.NETCore.App","version":"8.0.0"}}}',
  ),
  text('/lib/apk/db/installed', 'C:Q1abc=\nP:musl\nV:1.2.5-r0\nA:x86_64\n\nP:zlib\nV:1.3.1-r1\n\n'),
  {
    path: '/opt/nodejs/node_modules/mac/build/Release/a.node',
    bytes: Buffer.from(`cffaedfe0c000001${'00'.repeat(200)}`, 'hex'),
  },
  {
    path: '/opt/python/win.cp311-win_amd64.pyd',
    bytes: Buffer.from(`4d5a${'00'.repeat(58)}40000000${'50450000648602'}${'00'.repeat(200)}`, 'hex'),
  },
  {
    path: '/opt/lib/libfat.dylib',
    bytes: Buffer.from(`cafebabe000000020100000c00000000000040000000100000000000${'00'.repeat(200)}`, 'hex'),
  },
]

function text(path: string, content: string): RealFile {
  return { path, bytes: Buffer.from(content) }
}

function jar(): Buffer {
  const files = [60, 61, 65].map((major) => ({ name: `com/example/C${major}.class`, bytes: buildClass(major) }))
  return buildJar([...files, { name: 'native/libapp.so', bytes: readFileSync(process.execPath).subarray(0, 4096) }])
}
