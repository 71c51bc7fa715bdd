import { describe, expect, it } from 'vitest'
import { inflateAllowance } from '../../../src/inspect/java/inflate-allowance.ts'
import { readJar } from '../../../src/inspect/java/read-jar.ts'
import { buildClassFile } from '../../builders/class-file.ts'
import { buildElf } from '../../builders/elf.ts'
import { buildJar, type JarContent } from '../../builders/jar.ts'
import { seeded } from '../../builders/random.ts'

const NAME = 'linux/x86_64/libapp.so'
const elf = buildElf({
  class: 64,
  littleEndian: true,
  machine: 62,
  soname: 'libapp.so.1',
  needed: ['libc.so.6'],
  runpath: '$ORIGIN',
  versionsNeeded: [{ file: 'libc.so.6', versions: [{ name: 'GLIBC_2.34', weak: false }] }],
  padding: 2000,
})
const withMethods = Buffer.concat([elf, Buffer.from('\0Java_org_example_core_Native_open\0Java_org_other_A_1b_c\0')])

function read(files: readonly JarContent[], allowance = inflateAllowance()) {
  const jar = buildJar(files)
  return readJar('/opt/java/lib/app.jar', jar, jar.length, allowance)
}

function nativeOf(bytes: Buffer, name = NAME) {
  return read([{ name, bytes }]).natives[0]
}

describe('a library in a jar', () => {
  it('tells what the loader asks, and whose native methods it has', () => {
    expect(nativeOf(withMethods)).toEqual({
      name: NAME,
      format: 'elf',
      machine: 62,
      class: 64,
      jni: true,
      packages: ['org/example', 'org/other'],
      type: 3,
      osAbi: 0,
      soname: 'libapp.so.1',
      needed: ['libc.so.6'],
      runpath: '$ORIGIN',
      versionsNeeded: [{ file: 'libc.so.6', versions: [{ name: 'GLIBC_2.34', weak: false }] }],
    })
  })

  it('that registers its methods itself is for a JVM too', () => {
    expect(nativeOf(Buffer.concat([elf, Buffer.from('\0JNI_OnLoad\0')]))).toMatchObject({ jni: true })
    expect(nativeOf(elf)).not.toHaveProperty('jni')
  })

  it('that begins with what compresses best is none the less', () => {
    const padded = buildElf({ class: 64, littleEndian: true, machine: 62, needed: ['libm.so.6'], padding: 2_000_000 })
    expect(nativeOf(padded)).toMatchObject({ format: 'elf', needed: ['libm.so.6'] })
  })

  it('with its platform behind the ending is one', () => {
    expect(nativeOf(elf, 'libapp.so_linux_amd64')).toMatchObject({ format: 'elf', machine: 62 })
  })

  it('that was cut off says so', () => {
    expect(nativeOf(elf.subarray(0, elf.length / 2))).toMatchObject({
      problem: expect.stringMatching(/the file has/),
      truncated: true,
    })
  })

  it.each([
    ['nothing', Buffer.alloc(0), 0, ''],
    ['a pointer', Buffer.from('version https://git-lfs\n1'), 25, 'version https://git-lfs.1'],
  ])('with %s in its place tells the first bytes', (_, bytes, size, head) => {
    expect(nativeOf(bytes)).toEqual({ name: NAME, format: 'other', size, head })
  })
})

describe('a hostile jar', () => {
  it('whose library is damaged where it is compressed says so', () => {
    const jar = buildJar([{ name: NAME, bytes: Buffer.concat([elf, digits(50_000)]) }])
    jar.fill(0xff, 1500, 1600)
    expect(readJar('/app.jar', jar, jar.length, inflateAllowance()).natives[0]).toMatchObject({
      problem: 'its compressed bytes are damaged',
    })
  })

  it('that holds more than it says is not inflated further', () => {
    const jar = buildJar([{ name: NAME, bytes: Buffer.concat([elf, Buffer.alloc(200_000_000)]) }])
    setLength(jar, 4000)
    const before = process.memoryUsage().rss
    expect(readJar('/app.jar', jar, jar.length, inflateAllowance()).natives[0]).toMatchObject({
      unread: expect.stringContaining('longer than the directory'),
    })
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
  })

  it('that says more than it holds is read as far as it goes', () => {
    const jar = buildJar([{ name: NAME, bytes: elf }])
    setLength(jar, 100_000_000)
    expect(readJar('/app.jar', jar, jar.length, inflateAllowance()).natives[0]).toMatchObject({ needed: ['libc.so.6'] })
  })

  it('with a library too large, or too many of them, leaves them as they are', () => {
    const jar = buildJar([{ name: NAME, bytes: elf }])
    setLength(jar, 0xfffffff0)
    expect(readJar('/app.jar', jar, jar.length, inflateAllowance()).natives[0]).toMatchObject({
      unread: '4294967280 bytes are too many to be inflated',
    })
    const several = Array.from({ length: 5 }, (_, index) => ({ name: `${index}/libapp.so`, bytes: elf }))
    const { natives } = read(several, inflateAllowance(3 * elf.length))
    expect(natives.map(({ unread }) => unread !== undefined)).toEqual([false, false, false, true, true])
  })

  it('with any bytes changed is read to an end', () => {
    const jar = buildJar([
      { name: NAME, bytes: withMethods },
      { name: 'org/example/Native.class', bytes: loader('isLoaded') },
    ])
    const random = seeded(3)
    for (let round = 0; round < 1000; round++) {
      const bytes = Buffer.from(jar)
      for (let change = 0; change < 6; change++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256)
      expect(() => readJar('/app.jar', bytes, bytes.length, inflateAllowance())).not.toThrow()
    }
  })
})

describe('the classes of a jar with a library', () => {
  const native = { name: NAME, bytes: withMethods }
  const use = (...classes: readonly JarContent[]) => read([native, ...classes]).nativeUse

  it('load it, or are asked whether it was loaded', () => {
    expect(use({ name: 'org/example/core/Native.class', bytes: loader() })).toEqual({
      loaders: ['org/example'],
      askable: [],
    })
    expect(use({ name: 'org/example/core/Native.class', bytes: loader('isNativeCodeLoaded') })).toEqual({
      loaders: ['org/example'],
      askable: ['org/example'],
    })
  })

  it('may be asked by another class than the one that loads, if it catches what is thrown', () => {
    const texts = ['java/lang/Throwable']
    const asked = { name: 'org/example/App.class', bytes: buildClassFile({ texts, methods: [query('isAvailable')] }) }
    const other = { name: 'org/other/App.class', bytes: buildClassFile({ methods: [query('isAvailable')] }) }
    expect(use(asked, other)).toEqual({ loaders: [], askable: ['org/example'] })
  })

  it('have nothing to do with it where only a field is called so', () => {
    const bytes = buildClassFile({ texts: ['java/lang/System', 'load'], fields: ['isLoaded'] })
    expect(use({ name: 'org/example/Native.class', bytes })).toEqual({ loaders: ['org/example'], askable: [] })
  })

  it('are not read where there is none', () => {
    expect(read([{ name: 'org/example/Native.class', bytes: loader() }])).not.toHaveProperty('nativeUse')
  })

  it('are read for its packages alone where they are thousands', () => {
    const many = Array.from({ length: 3000 }, (_, index) => ({ name: `net/${index}/A.class`, bytes: loader() }))
    expect(use(...many, { name: 'org/example/Native.class', bytes: loader() })).toEqual({
      loaders: ['org/example'],
      askable: [],
    })
  })
})

function query(name: string) {
  return { flags: 9, name, descriptor: '()Z' }
}

function loader(...queries: readonly string[]): Buffer {
  return buildClassFile({ texts: ['java/lang/System', 'loadLibrary'], methods: queries.map(query) })
}

/** What the directory says of the first file's length. */
function setLength(jar: Buffer, length: number): void {
  jar.writeUInt32LE(length, jar.indexOf(Buffer.from('PK\x01\x02')) + 24)
}

function digits(length: number): Buffer {
  const random = seeded(5)
  return Buffer.from(Array.from({ length }, () => 0x30 + Math.floor(random() * 10)))
}
