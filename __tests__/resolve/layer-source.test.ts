import { describe, expect, it } from 'vitest'
import { readLayerSource } from '../../src/resolve/layer-source.ts'
import { read } from '../builders/inputs.ts'
import { fakeFiles } from '../builders/ports.ts'

const look = (runtime: string, names: readonly string[], command?: string) => {
  const files = {
    ...fakeFiles(),
    kind: async (path: string) => (path === 'src' ? 'directory' : path === 'file' ? 'file' : undefined) as never,
    names: async () => names,
  }
  const { inputs } = read({ kind: 'layer', runtime, ...(command === undefined ? {} : { 'build-command': command }) })
  return (path: string) => readLayerSource(path, inputs, files)
}

describe('readLayerSource', () => {
  it('finds a manifest of the runtime', async () => {
    expect(await look('python3.13', ['requirements.txt', 'a'])('src')).toEqual({ names: ['requirements.txt', 'a'] })
  })

  it('names the manifests that it looked for', async () => {
    const told = await look('python3.13', ['app.py'])('src')
    for (const name of ['requirements.txt', 'pyproject.toml', 'package.json', 'Gemfile', 'pom.xml'])
      expect(told).toMatchObject({ why: expect.stringContaining(`\`${name}\``) })
    expect(told).toMatchObject({ why: expect.stringContaining('`build-command`') })
  })

  it('says that the manifest there is one of another runtime', async () => {
    expect(await look('python3.13', ['package.json', 'package-lock.json'])('src')).toMatchObject({
      why: expect.stringMatching(/^It has `package.json`, which is not for `python3.13`/),
    })
  })

  it('needs a command where nothing could be installed', async () => {
    const why = expect.stringContaining('give a `build-command`')
    expect(await look('provided.al2023', ['Cargo.toml'])('src')).toMatchObject({ why })
    expect(await look('provided.al2023', ['Cargo.toml'], 'make')('src')).toEqual({ names: ['Cargo.toml'] })
  })

  it('needs a folder', async () => {
    expect(await look('python3.13', [])('gone')).toMatchObject({ why: expect.stringContaining('no such folder') })
    expect(await look('python3.13', [])('file')).toMatchObject({ why: expect.stringContaining('That is a file') })
  })
})
