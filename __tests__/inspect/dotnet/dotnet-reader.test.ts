import { expect, it } from 'vitest'
import { dotnetReader } from '../../../src/inspect/dotnet/dotnet-reader.ts'
import { makeFile } from '../../builders/evidence.ts'

const entry = makeFile('/var/task/App.runtimeconfig.json')
const read = (text: string) => dotnetReader.read(entry, Buffer.from(text))

it('reads the framework that a program asks for, with and without a byte order mark', () => {
  const text = JSON.stringify({
    runtimeOptions: {
      tfm: 'net8.0',
      framework: { name: 'Microsoft.NETCore.App', version: '8.0.0' },
      rollForward: 'Major',
    },
  })
  const expected = {
    kind: 'runtimeconfig',
    path: '/var/task/App.runtimeconfig.json',
    frameworks: [{ name: 'Microsoft.NETCore.App', version: '8.0.0' }],
    rollForward: 'Major',
    selfContained: false,
  }
  expect(read(text)).toEqual(expected)
  expect(read(`\uFEFF${text}`)).toEqual(expected)
})

it('knows a program that brings its framework', () => {
  const included = { runtimeOptions: { includedFrameworks: [{ name: 'Microsoft.NETCore.App', version: '8.0.1' }] } }
  expect(read(JSON.stringify(included))).toMatchObject({ frameworks: [], selfContained: true })
})

it.each(['', '{', '[]', '{"runtimeOptions":{"framework":8}}', `${'['.repeat(60_000)}`])(
  'takes nothing from %.20j',
  (text) => {
    expect(read(text)).toBeUndefined()
  },
)
