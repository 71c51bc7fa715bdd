import { normalisedName } from './distribution-name.ts'
import type { PythonDistribution } from './python-file.ts'
import { readRequirement } from './requirement.ts'

type Draft = Partial<Omit<PythonDistribution, 'kind' | 'path'>>

/** METADATA and PKG-INFO: headers before the first empty line (core metadata specification). */
export function readMetadata(text: string): Draft {
  const headers = headersOf(text)
  const name = headers.get('name')?.[0]
  const version = headers.get('version')?.[0]
  const requires = headers.get('requires-dist')?.flatMap((line) => readRequirement(line) ?? [])
  const requiresPython = headers.get('requires-python')?.[0]
  return {
    ...(name === undefined ? {} : { name: normalisedName(name) }),
    ...(version === undefined ? {} : { version }),
    ...(requires === undefined ? {} : { requires }),
    ...(requiresPython === undefined ? {} : { requiresPython }),
  }
}

/** WHEEL: `Tag` and `Root-Is-Purelib`. */
export function readWheel(text: string): Draft {
  const headers = headersOf(text)
  const pure = headers.get('root-is-purelib')?.[0]
  return { tags: headers.get('tag') ?? [], ...(pure === undefined ? {} : { pure: pure.toLowerCase() === 'true' }) }
}

export function readTopLevel(text: string): Draft {
  const names = text.split('\n').map((line) => line.trim())
  return { topLevel: names.filter((name) => name !== '').slice(0, 200) }
}

/** Name and version as the folder says them: `numpy-2.1.0.dist-info`. */
export function folderName(folder: string): { readonly name: string; readonly version: string } {
  const [, name = '', version = ''] = /([^/]+?)(?:-([^/-]+)(?:-py[\d.]+)?)?\.(?:dist|egg)-info$/.exec(folder) ?? []
  return { name: normalisedName(name), version }
}

function headersOf(text: string): ReadonlyMap<string, readonly string[]> {
  const headers = new Map<string, string[]>()
  for (const line of text.split('\n').slice(0, 2000)) {
    // Lines of blanks are part of a folded one: licenses stand among the headers, and requirements behind them.
    if (line === '' || line === '\r') break
    const [, name, value] = /^([\w-]+):\s*(.*?)\s*$/.exec(line) ?? []
    if (name === undefined || value === undefined || value === 'UNKNOWN') continue
    const key = name.toLowerCase()
    headers.set(key, [...(headers.get(key) ?? []), value])
  }
  return headers
}
