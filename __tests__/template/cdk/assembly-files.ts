import { readFileSync } from 'node:fs'
import { join, normalize, resolve } from 'node:path'
import type { Files } from '../../../src/ports/files.ts'
import type { PackedAssembly } from './packed-assembly.ts'

/** A packed assembly of the real aws-cdk-lib (scripts/cdk-assemblies.ts). */
export function packed(name: string): PackedAssembly {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8')) as PackedAssembly
}

/** Each path of an assembly to its text. */
export function texts({ json, text, base64 }: PackedAssembly): Record<string, string> {
  const parsed = Object.entries(json).map(([path, value]) => [path, JSON.stringify(value, undefined, 1)])
  const binary = Object.entries(base64).map(([path, bytes]) => [path, Buffer.from(bytes, 'base64').toString('latin1')])
  return Object.fromEntries([...parsed, ...Object.entries(text), ...binary])
}

/** Files that exist in `folder` only; nothing can be written. */
export function filesIn(folder: string, content: Readonly<Record<string, string>>): Files {
  const files = new Map(Object.entries(content).map(([path, text]) => [join(folder, path), text]))
  const isFolder = (path: string) => [...files.keys()].some((one) => one.startsWith(`${path}/`))
  return {
    async readText(path) {
      return files.get(normalize(path))
    },
    async realPath(path) {
      return resolve(path)
    },
    async readStart(path, bytes) {
      const text = files.get(normalize(path))
      return text === undefined ? undefined : Buffer.from(text).subarray(0, bytes)
    },
    async writeText() {
      throw new Error('nothing is written')
    },
    async kind(path) {
      if (files.has(normalize(path))) return 'file'
      return isFolder(normalize(path)) ? 'directory' : undefined
    },
    async names(directory) {
      const prefix = `${normalize(directory)}/`
      const below = [...files.keys()].filter((path) => path.startsWith(prefix))
      return [...new Set(below.map((path) => path.slice(prefix.length).split('/')[0] ?? ''))]
    },
  }
}
