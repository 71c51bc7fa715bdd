import { expect, it } from 'vitest'
import { jarLoads } from '../../../src/smoke/layer/jar-loads.ts'
import { makeElfInJar, makeJar } from '../../builders/java.ts'
import { makeLayerEvidence } from '../../builders/layer.ts'

const LIB = '/opt/java/lib'
const TARGET = { architecture: 'x86_64', libc: 'glibc' } as const

it('loads the jars that the client finds, and of each library what is for this platform', () => {
  const jars = [
    makeJar(`${LIB}/a.jar`, {
      natives: [
        makeElfInJar('linux-x86_64/liba.so'),
        makeElfInJar('linux-aarch64/liba.so', 183),
        { name: 'macos/libmac.dylib', format: 'mach-o' },
        makeElfInJar('linux-x86_64/libb.so'),
      ],
    }),
    makeJar(`${LIB}/lone-1.0-linux-aarch_64.jar`, { natives: [makeElfInJar('lib/liblone.so', 183)] }),
    makeJar(`${LIB}/pair-1.0-linux-aarch_64.jar`, { natives: [makeElfInJar('lib/libpair.so', 183)] }),
    makeJar(`${LIB}/pair-1.0-linux-x86_64.jar`, { natives: [makeElfInJar('lib/libpair.so')] }),
    makeJar(`${LIB}/transport-kqueue-4.1.jar`, { natives: [{ name: 'k.jnilib', format: 'mach-o' }] }),
  ]
  const names = [...jars.map(({ path }) => path.replace('/opt/', '')), 'java/lib/plain.jar', 'java/lib/deep/c.jar']
  const evidence = makeLayerEvidence([...names, 'java/lib/notes.txt'])
  const layer = { ...evidence, facts: { ...evidence.facts, java: jars } }
  expect(jarLoads(layer, TARGET)).toEqual([
    { path: `${LIB}/a.jar`, natives: [['linux-x86_64/liba.so'], ['linux-x86_64/libb.so']] },
    // Nothing fits: that it cannot be loaded is to be seen.
    { path: `${LIB}/lone-1.0-linux-aarch_64.jar`, natives: [['lib/liblone.so']] },
    { path: `${LIB}/pair-1.0-linux-aarch_64.jar`, natives: [] },
    { path: `${LIB}/pair-1.0-linux-x86_64.jar`, natives: [['lib/libpair.so']] },
    { path: `${LIB}/plain.jar`, natives: [] },
    { path: `${LIB}/transport-kqueue-4.1.jar`, natives: [] },
  ])
})
