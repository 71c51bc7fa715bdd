import { expect, it } from 'vitest'
import { readLayerManifest } from '../../src/resolve/layer-manifest.ts'
import { read } from '../builders/inputs.ts'
import { fakeFiles } from '../builders/ports.ts'

const files = fakeFiles({ 'src/requirements.txt': 'numpy\n', 'src/package.json': '{}' })
const names = ['package.json', 'requirements.txt']
const look = (runtime: string, command?: string) =>
  readLayerManifest(
    read({ kind: 'layer', runtime, 'layer-source': 'src', ...(command && { 'build-command': command }) }).inputs,
    names,
    files,
  )

it.each([
  ['python3.13', undefined, 'src/requirements.txt'],
  ['nodejs22.x', 'make layer', 'src/package.json'],
  ['provided.al2023', 'make layer', undefined],
])('of %s with the command %s is %s', async (runtime, command, file) => {
  expect((await look(runtime, command))?.file).toBe(file)
})
