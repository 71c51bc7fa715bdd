import { describe, expect, it } from 'vitest'
import type { RuntimeView } from '../../src/checks/facts/runtime-view.ts'
import type { ElfFile } from '../../src/inspect/evidence.ts'
import { NO_FACTS } from '../../src/inspect/fact-readers.ts'
import { fileTree } from '../../src/inspect/file-tree.ts'
import { findRuntime } from '../../src/lambda/runtimes.ts'
import { loadInto, startProcess } from '../../src/loader/load.ts'
import { loaderSystem } from '../../src/loader/loader-system.ts'
import { makeSymbols } from '../builders/elf-symbols.ts'
import { makeElf, makeFile, makeLink } from '../builders/evidence.ts'

const LIBRARY_PATH = '/lib64:/opt/lib'

function makeView(elf: readonly ElfFile[], overrides: Partial<RuntimeView> = {}): RuntimeView {
  return {
    reference: 'runtime',
    tree: {
      ...fileTree(elf.map(({ path }) => makeFile(path))),
      elf: new Map(elf.map((file) => [file.path, file])),
    },
    facts: NO_FACTS,
    environment: { LD_LIBRARY_PATH: LIBRARY_PATH },
    tools: {},
    libc: { family: 'glibc', version: '2.34' },
    confidence: 'proven',
    ...overrides,
  }
}

function open(root: ElfFile, others: readonly ElfFile[], program?: ElfFile, overrides: Partial<RuntimeView> = {}) {
  const all = [root, ...others, ...(program === undefined ? [] : [program])]
  const system = loaderSystem(makeView(all, overrides), 'x86_64')
  return loadInto(startProcess(system, program).process, root).result
}

const needs = (file: string, ...names: string[]) => ({ file, versions: names.map((name) => ({ name, weak: false })) })

describe('a library that the process holds already', () => {
  const system = makeElf('/lib64/libssl.so.3', { soname: 'libssl.so.3', versionsDefined: ['OPENSSL_3.0.0'] })
  const own = makeElf('/opt/own/libssl.so.3', {
    soname: 'libssl.so.3',
    versionsDefined: ['OPENSSL_3.0.0', 'OPENSSL_3.2.0'],
  })
  const module = makeElf('/opt/own/module.so', {
    needed: ['libssl.so.3'],
    rpath: '$ORIGIN',
    versionsNeeded: [needs('libssl.so.3', 'OPENSSL_3.2.0')],
  })
  const program = makeElf('/var/lang/bin/python', { needed: ['libssl.so.3'] })

  it('is taken, whatever the object brings, and its versions are judged', () => {
    const { objects, unmet } = open(module, [system, own], program)
    expect(objects.map(({ path, how }) => [path, how])).toEqual([
      ['/opt/own/module.so', 'root'],
      ['/lib64/libssl.so.3', 'loaded'],
    ])
    expect(unmet).toMatchObject([{ version: 'OPENSSL_3.2.0', provider: system, alreadyLoaded: true }])
  })

  it('is not there in a process without it', () => {
    const { objects, unmet } = open(module, [system, own])
    expect(objects.map(({ path }) => path)).toEqual(['/opt/own/module.so', '/opt/own/libssl.so.3'])
    expect(unmet).toEqual([])
  })
})

describe('a folder without an entry of its own', () => {
  const library = makeElf('/opt/python/own.libs/libown.so.1')
  const module = makeElf('/opt/python/own/module.so', { needed: ['libown.so.1'], rpath: '$ORIGIN/../own.libs' })

  it('is searched, as in a zip that lists files only', () => {
    expect(open(module, [library]).missing).toEqual([])
  })

  it('is searched through a link', () => {
    const files = [module, library].map(({ path }) => makeFile(path))
    const linked = makeElf('/opt/python/own/module.so', {
      needed: ['libown.so.1'],
      runpath: '$ORIGIN/link/../own.libs',
    })
    const elf = new Map([linked, library].map((file) => [file.path, file]))
    const tree = { ...fileTree([...files, makeLink('/opt/python/own/link', '/opt/python/other')]), elf }
    expect(open(linked, [library], undefined, { tree }).objects.map(({ path }) => path)).toEqual([
      '/opt/python/own/module.so',
      '/opt/python/own/link/../own.libs/libown.so.1',
    ])
  })
})

describe('a missing library', () => {
  it('names the chain, the folders searched and what looks like it', () => {
    const middle = makeElf('/opt/lib/libmiddle.so', { soname: 'libmiddle.so', needed: ['libssl.so.1.1'] })
    const near = makeElf('/opt/other/libssl.so.1.1', { soname: 'libssl.so.1.1' })
    const newer = makeElf('/lib64/libssl.so.3', { soname: 'libssl.so.3' })
    const root = makeElf('/opt/root.so', { needed: ['libmiddle.so'], runpath: '/opt/own' })
    const { missing } = open(root, [middle, near, newer])
    expect(missing).toEqual([
      {
        soname: 'libssl.so.1.1',
        neededBy: middle,
        chain: ['/opt/root.so', '/opt/lib/libmiddle.so'],
        searched: ['/lib64', '/opt/lib', '/usr/lib64'],
        near: [
          { path: '/opt/other/libssl.so.1.1', why: 'not-searched' },
          { path: '/lib64/libssl.so.3', why: 'other-version' },
        ],
      },
    ])
  })

  it('of another processor is passed over', () => {
    const foreign = makeElf('/opt/lib/libfoo.so', { machine: 183 })
    const { missing } = open(makeElf('/opt/root.so', { needed: ['libfoo.so'] }), [foreign])
    expect(missing[0]?.near).toEqual([{ path: '/opt/lib/libfoo.so', why: 'other-processor' }])
  })
})

describe('undefined symbols', () => {
  it('of a process that grew load by load are known from all its objects', () => {
    const root = makeElf('/opt/root.so', { symbols: makeSymbols({ atLoad: ['one', 'two', 'é', 'three'] }) })
    const providers = ['one', 'two', 'é'].map((name, index) =>
      makeElf(`/opt/${index}.so`, { symbols: makeSymbols({ exports: [name] }) }),
    )
    const system = loaderSystem(makeView([root, ...providers]), 'x86_64')
    const { process } = providers.reduce(
      (before, file) => loadInto(before.process, file),
      startProcess(system, undefined) as { readonly process: ReturnType<typeof startProcess>['process'] },
    )
    expect(loadInto(process, root).result.undefinedSymbols).toEqual([{ symbol: 'three', neededBy: root }])
  })

  it('are those that neither the process nor the new objects define', () => {
    const library = makeElf('/opt/lib/liba.so', { soname: 'liba.so', symbols: makeSymbols({ exports: ['a'] }) })
    const program = makeElf('/var/lang/bin/node', { symbols: makeSymbols({ exports: ['napi_create_object'] }) })
    const symbols = makeSymbols({ atLoad: ['a', 'SSL_get_srp_g@OPENSSL_3.0.0'], atCall: ['napi_create_object', 'b'] })
    const root = makeElf('/opt/root.node', { needed: ['liba.so'], symbols })
    expect(open(root, [library], program).undefinedSymbols).toEqual([
      { symbol: 'SSL_get_srp_g', version: 'OPENSSL_3.0.0', neededBy: root },
      { symbol: 'b', neededBy: root },
    ])
  })
})

describe('a runtime that was not read', () => {
  const python = findRuntime('python3.12')
  const table = { confidence: 'table', ...(python && { runtime: python }) } as const

  it('answers for the C and C++ libraries by their documented versions and leaves the rest open', () => {
    const root = makeElf('/opt/root.so', {
      needed: ['libc.so.6', 'libstdc++.so.6', 'libz.so.1'],
      versionsNeeded: [needs('libc.so.6', 'GLIBC_2.34', 'GLIBC_2.38'), needs('libstdc++.so.6', 'GLIBCXX_3.4.29')],
    })
    const { missing, unmet, open: questions } = open(root, [], undefined, table)
    expect(missing).toEqual([])
    expect(unmet).toMatchObject([{ version: 'GLIBC_2.38', newest: 'GLIBC_2.34' }])
    expect(questions).toEqual([expect.stringContaining('libz.so.1')])
  })

  it('is known to have no musl', () => {
    const root = makeElf('/opt/root.so', { needed: ['libc.musl-x86_64.so.1'] })
    expect(open(root, [], undefined, table).missing).toMatchObject([{ soname: 'libc.musl-x86_64.so.1' }])
  })
})

describe('musl', () => {
  const musl = { libc: { family: 'musl', version: '1.2.5' }, environment: {} } as const

  it('inherits either run path and stands for all parts of the C library', () => {
    const root = makeElf('/opt/root.so', { needed: ['libone.so', 'libm.so.6'], runpath: '$ORIGIN/own' })
    const one = makeElf('/opt/own/libone.so', { needed: ['libtwo.so'] })
    const two = makeElf('/opt/own/libtwo.so')
    const { objects, missing } = open(root, [one, two], undefined, musl)
    expect(missing).toEqual([])
    expect(objects.map(({ path }) => path)).toEqual(['/opt/root.so', '/opt/own/libone.so', '/opt/own/libtwo.so'])
  })
})

describe('folders that ld.so.conf includes', () => {
  const library = makeElf('/srv/one/liba.so.1', { soname: 'liba.so.1' })
  const root = makeElf('/opt/root.so', { needed: ['liba.so.1'] })
  const missing = (pattern: string, name: string) => {
    const loader = [
      { path: '/etc/ld.so.conf', lines: [`include ${pattern}`] },
      { path: `/etc/ld.so.conf.d/${name}`, lines: ['/srv/one'] },
    ]
    return open(root, [library], undefined, { facts: { ...NO_FACTS, loader } }).missing.length
  }

  it.each([
    ['/etc/ld.so.conf.d/*.conf', 'a.conf', 0],
    ['ld.so.conf.d/?.conf', 'a.conf', 0],
    ['/etc/ld.so.conf.d/[!b-z].conf', 'a.conf', 0],
    ['/etc/ld.so.conf.d/*.conf', '.a.conf', 1],
    ['/etc/*.conf', 'a.conf', 1],
    ['/etc/ld.so.conf.d/a.conf', 'abconf', 1],
    ['/etc/ld.so.conf.d/[z-a].conf', 'a.conf', 1],
  ])('are those of files like %s: %s', (pattern, name, expected) => {
    expect(missing(pattern, name)).toBe(expected)
  })
})
