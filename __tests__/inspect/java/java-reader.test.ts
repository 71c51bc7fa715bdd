import { describe, expect, it } from 'vitest'
import { javaReader } from '../../../src/inspect/java/java-reader.ts'
import { buildElf } from '../../builders/elf.ts'
import { makeFile } from '../../builders/evidence.ts'
import { buildClass, buildJar } from '../../builders/jar.ts'
import { seeded } from '../../builders/random.ts'

const elf = buildElf({ class: 64, littleEndian: true, machine: 183 })
const jar = buildJar([
  { name: 'META-INF/maven/com.example/app/pom.properties', bytes: Buffer.from('version=1') },
  { name: 'com/example/App.class', bytes: buildClass(65) },
  { name: 'com/example/Stored.class', bytes: buildClass(52), stored: true },
  { name: 'com/example/Old.class', bytes: buildClass(52) },
  { name: 'com/example/Preview.class', bytes: buildClass(65, 0xffff) },
  { name: 'META-INF/versions/21/com/example/App.class', bytes: buildClass(69) },
  { name: 'module-info.class', bytes: buildClass(69) },
  { name: 'native/libapp.so', bytes: elf },
  { name: 'native/libapp.dylib', bytes: Buffer.from(`cffaedfe${'00'.repeat(60)}`, 'hex') },
  { name: 'native/app.dll', bytes: Buffer.from(`4d5a${'00'.repeat(60)}`, 'hex') },
])

function read(path: string, bytes: Buffer) {
  const entry = makeFile(path, { size: bytes.length })
  const wanted = javaReader.wants(entry, bytes.subarray(0, 4))
  const draft = javaReader.read(entry, bytes.subarray(0, wanted))
  return draft === undefined ? [] : javaReader.finish(new Map([[path, draft]]))
}

describe('a jar', () => {
  it('tells versions of classes that every JVM loads, and platforms of its native code', () => {
    expect(read('/opt/java/lib/app.jar', jar)).toEqual([
      {
        kind: 'jar',
        path: '/opt/java/lib/app.jar',
        coordinates: 'com.example:app',
        classes: [
          { major: 65, preview: false, count: 1, example: 'com/example/App.class' },
          { major: 65, preview: true, count: 1, example: 'com/example/Preview.class' },
          { major: 52, preview: false, count: 2, example: 'com/example/Stored.class' },
        ],
        classNames: expect.stringMatching(/^[A-Za-z0-9+/]{32,38}=*$/),
        nativeUse: { loaders: [], askable: [] },
        natives: [
          {
            name: 'native/libapp.so',
            format: 'elf',
            machine: 183,
            class: 64,
            type: 3,
            osAbi: 0,
            needed: [],
            versionsNeeded: [],
          },
          { name: 'native/libapp.dylib', format: 'mach-o' },
          { name: 'native/app.dll', format: 'pe' },
        ],
      },
    ])
  })

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('version https://git-lfs.github.com/spec/v1')],
    ['a beginning', jar.subarray(0, 300)],
  ])('that holds %s is said to be unread', (_, bytes) => {
    // An empty file wants nothing and is read with what was wanted.
    const entry = makeFile('/opt/java/lib/app.jar', { size: bytes.length })
    expect(javaReader.read(entry, bytes)).toMatchObject({
      classes: [],
      unread: expect.stringContaining('no directory'),
    })
  })

  it('that was not kept whole is said to be unread', () => {
    const entry = makeFile('/opt/java/lib/app.jar', { size: jar.length + 1 })
    expect(javaReader.read(entry, jar)).toMatchObject({ classes: [], unread: expect.stringContaining('too many') })
  })

  it('with any bytes changed is read to an end', () => {
    const random = seeded(7)
    for (let round = 0; round < 2000; round++) {
      const bytes = Buffer.from(jar)
      for (let change = 0; change < 8; change++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256)
      expect(() => read('/opt/java/lib/app.jar', bytes)).not.toThrow()
    }
  })
})

it('reads loose classes, and takes no universal binary for one', () => {
  expect(read('/var/task/App.class', buildClass(61))).toEqual([
    { kind: 'class', path: '/var/task/App.class', major: 61, preview: false },
  ])
  expect(read('/var/task/App.class', Buffer.from('cafebabe00000002', 'hex'))).toEqual([])
})
