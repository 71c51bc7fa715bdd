import type { Engine } from './engine.ts'
import { fillFrom, type Native, nativeClass } from './natives.ts'
import { isPrimitive, Thing, UNKNOWN, type Value } from './values.ts'

const LARGEST = 64 * 1024
const METHODS = [
  'readUInt8',
  'readUInt16LE',
  'readUInt16BE',
  'readUInt32LE',
  'readUInt32BE',
  'readInt32LE',
  'readBigUInt64LE',
] as const
const VIEWS = ['getUint8', 'getUint16', 'getUint32', 'getInt32', 'getBigUint64'] as const

export function bytesOf(value: Value): Buffer | undefined {
  return value instanceof Thing ? value.bytes : undefined
}

/** `Buffer`, as far as packages read the head of a program with it. */
export function bufferClass(engine: Engine): Thing {
  const prototype = new Thing(engine.prototypes.object)
  const made = (bytes: Buffer): Thing => {
    const thing = new Thing(prototype, engine.level)
    thing.bytes = bytes
    thing.properties.set('length', { value: bytes.length, hidden: true })
    const memory = new Thing(engine.prototypes.object, engine.level)
    memory.bytes = bytes
    memory.opaque = true
    thing.properties.set('buffer', { value: memory, hidden: true })
    return thing
  }
  const host =
    (name: string): Native =>
    (self, given) => {
      const bytes = bytesOf(self)
      const method: unknown = Reflect.get(Buffer.prototype, name)
      if (bytes === undefined || typeof method !== 'function' || !given.every(isPrimitive)) return UNKNOWN
      try {
        const value: unknown = method.apply(bytes, given)
        return value instanceof Buffer ? made(value) : typeof value === 'bigint' ? Number(value) : (value as Value)
      } catch {
        throw engine.soft('RangeError', 'out of range')
      }
    }
  const alloc: Native = (_, [size]) =>
    typeof size === 'number' && size >= 0 && size <= LARGEST ? made(Buffer.alloc(size)) : UNKNOWN
  const functions = Object.fromEntries([...METHODS, 'toString', 'subarray', 'slice'].map((name) => [name, host(name)]))
  for (const [name, native] of Object.entries(functions))
    prototype.properties.set(name, { value: engine.native(native), hidden: true })
  const all = nativeClass(engine, prototype, () => UNKNOWN, {
    alloc,
    allocUnsafe: alloc,
    isBuffer: (_, [one]) => (isPrimitive(one) ? false : bytesOf(one) !== undefined ? true : UNKNOWN),
  })
  fillFrom(prototype, Buffer.prototype)
  return fillFrom(all, Buffer)
}

/** `DataView`: numbers at any place of what a buffer holds. */
export function dataViewClass(engine: Engine): Thing {
  const prototype = new Thing(engine.prototypes.object)
  const read =
    (name: (typeof VIEWS)[number]): Native =>
    (self, [at, isLittle]) => {
      const bytes = bytesOf(self)
      if (bytes === undefined || typeof at !== 'number' || isLittle === UNKNOWN) return UNKNOWN
      try {
        return Number(new DataView(bytes.buffer, bytes.byteOffset, bytes.length)[name](at, isLittle === true))
      } catch {
        throw engine.soft('RangeError', 'out of range')
      }
    }
  for (const name of VIEWS) prototype.properties.set(name, { value: engine.native(read(name)), hidden: true })
  fillFrom(prototype, DataView.prototype)
  return nativeClass(engine, prototype, (_, [memory, ...part]) => {
    const bytes = bytesOf(memory)
    if (bytes === undefined || part.length > 0) return UNKNOWN
    const made = new Thing(prototype, engine.level)
    made.bytes = bytes
    return made
  })
}

/** The head of the program that Node.js is: which loader starts it says which libc it runs on. */
export function programHead({ cpu, libc }: { readonly cpu: string; readonly libc: string }): Buffer {
  const machine = cpu === 'arm64' ? 'aarch64' : 'x86_64'
  const glibc = cpu === 'arm64' ? '/lib/ld-linux-aarch64.so.1' : '/lib64/ld-linux-x86-64.so.2'
  const interpreter = `${libc === 'musl' ? `/lib/ld-musl-${machine}.so.1` : glibc}\0`
  const head = Buffer.alloc(2048)
  head.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  head.writeUInt16LE(2, 16)
  head.writeUInt16LE(cpu === 'arm64' ? 183 : 62, 18)
  head.writeUInt32LE(64, 32)
  head.writeUInt16LE(56, 54)
  head.writeUInt16LE(1, 56)
  head.writeUInt32LE(3, 64)
  head.writeUInt32LE(256, 72)
  head.writeUInt32LE(interpreter.length, 96)
  head.write(interpreter, 256, 'latin1')
  return head
}
