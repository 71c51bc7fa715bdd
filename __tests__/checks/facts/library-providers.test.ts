import { expect, it } from 'vitest'
import { libraryProviders } from '../../../src/checks/facts/library-providers.ts'
import type { ElfFile } from '../../../src/inspect/evidence.ts'
import { makeElf, makeEvidence, makeFile, makeImageFacts, makeLink } from '../../builders/evidence.ts'

const PLACES = ['/app/lib', '/env', '/lib64', '/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu']
const libraries = PLACES.map((folder) => `${folder}/liba.so.1`)

function providers(object: Partial<ElfFile>, elf: readonly ElfFile[] = libraries.map((path) => makeElf(path))) {
  const evidence = makeEvidence({
    image: makeImageFacts({ environment: { LD_LIBRARY_PATH: '/env:relative:' } }),
    files: [...libraries.map((path) => makeFile(path)), makeLink('/usr/lib64', '/lib64')],
    elf,
  })
  return libraryProviders(evidence, 'x86_64')(makeElf('/app/bin/tool', object), 'liba.so.1').map(({ path }) => path)
}

const SYSTEM = ['/lib64/liba.so.1', '/usr/lib/x86_64-linux-gnu/liba.so.1']

it('asks the environment before the system, once per file', () => {
  expect(providers({})).toEqual(['/env/liba.so.1', ...SYSTEM])
})

// biome-ignore lint/suspicious/noTemplateCurlyInString: the loader's own placeholder
it.each(['$ORIGIN/../lib', '/nowhere:${ORIGIN}/../lib'])('RUNPATH %s comes after LD_LIBRARY_PATH', (runpath) => {
  expect(providers({ runpath })).toEqual(['/env/liba.so.1', '/app/lib/liba.so.1', ...SYSTEM])
})

it('RPATH comes first, unless there is a RUNPATH', () => {
  expect(providers({ rpath: '/app/lib' })).toEqual(['/app/lib/liba.so.1', '/env/liba.so.1', ...SYSTEM])
  expect(providers({ rpath: '/app/lib', runpath: '/none' })).toEqual(['/env/liba.so.1', ...SYSTEM])
})

it('passes libraries for another processor over, as the loader does', () => {
  const elf = libraries.map((path) => makeElf(path, path.startsWith('/env/') ? { machine: 183 } : {}))
  expect(providers({}, elf)).toEqual(SYSTEM)
})
