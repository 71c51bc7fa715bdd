import { expect, it } from 'vitest'
import { classMethods } from '../../../src/inspect/java/class-methods.ts'
import { buildClassFile } from '../../builders/class-file.ts'
import { seeded } from '../../builders/random.ts'

const methods = [
  { flags: 9, name: 'isAvailable', descriptor: '()Z' },
  { flags: 0x0109, name: 'open0', descriptor: '(Ljava/lang/String;)J' },
]
const file = buildClassFile({ texts: ['java/lang/System'], fields: ['isLoaded'], methods })

it('tells the methods of a class, and not its fields', () => {
  expect(classMethods(file)).toEqual(methods)
})

it('says nothing of what was cut off', () => {
  for (let length = 0; length < file.length - 5; length++) expect(classMethods(file.subarray(0, length))).toEqual([])
})

it('with any bytes changed is read to an end', () => {
  const random = seeded(11)
  for (let round = 0; round < 2000; round++) {
    const bytes = Buffer.from(file)
    for (let change = 0; change < 4; change++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256)
    expect(() => classMethods(bytes)).not.toThrow()
  }
})
