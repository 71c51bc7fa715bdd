import { describe, expect, it } from 'vitest'
import { operatingSystem } from '../../src/lambda/operating-systems.ts'
import {
  findRuntime,
  nearestRuntimes,
  RUNTIME_IDS,
  RUNTIMES,
  RUNTIMES_SOURCE,
  type Runtime,
} from '../../src/lambda/runtimes.ts'

const ISO_DATE = /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const rows: readonly Runtime[] = RUNTIMES

it('repeats no identifier and no image', () => {
  expect(new Set(RUNTIME_IDS).size).toBe(RUNTIMES.length)
  expect(new Set(rows.map(({ baseImage }) => baseImage)).size).toBe(RUNTIMES.length)
})

describe.each(rows)('$id', (row) => {
  it('is named after its family, and so is its image', () => {
    expect(row.id.startsWith(row.family)).toBe(true)
    const version = row.id.slice(row.family.length).replace(/^\./, '').replace(/\.x$/, '')
    expect(row.baseImage).toBe(`public.ecr.aws/lambda/${row.family}:${version}`)
  })

  it('is found by its identifier', () => {
    expect(findRuntime(row.id)).toBe(row)
  })

  it('has dates in the order of the phases', () => {
    const dates = [row.deprecated, row.createBlocked, row.updateBlocked].filter((date) => date !== undefined)
    for (const date of dates) expect(date).toMatch(ISO_DATE)
    expect([...dates].sort()).toEqual(dates)
    expect(row.preview === true).toBe(row.deprecated === undefined)
  })

  // "Node.js 20, Python 3.12, Java 21, .NET 8, Ruby 3.3 and later" (AWS, images-create).
  it('runs on the system that AWS documents', () => {
    const first: Readonly<Record<string, number>> = { nodejs: 20, python: 3.12, java: 21, dotnet: 8, ruby: 3.3 }
    const [, number = '0'] = /(\d+(?:\.\d+)?)/.exec(row.id.slice(row.family.length)) ?? []
    const named = /\.(al2023|al2)$/.exec(row.id)?.[1]
    const since = first[row.family]
    const documented = named ?? (since !== undefined && compare(number, String(since)) >= 0 ? 'al2023' : 'al2')
    expect(row.os).toBe(documented)
    expect(operatingSystem(row.os).id).toBe(row.os)
  })

  it('states the facts of its language', () => {
    const number = row.id.slice(row.family.length)
    if (row.pythonTag !== undefined) expect(row.pythonTag).toBe(`cpython-${number.replace('.', '')}`)
    if (row.rubyApi !== undefined) expect(row.rubyApi).toBe(`${number}.0`)
    if (row.classFileVersion !== undefined) expect(row.classFileVersion).toBe(44 + Number.parseInt(number, 10))
    expect(row.pythonTag !== undefined).toBe(row.family === 'python')
    expect(row.rubyApi !== undefined).toBe(row.family === 'ruby')
    expect(row.classFileVersion !== undefined).toBe(row.family === 'java')
    expect(row.nodeAbi !== undefined).toBe(row.family === 'nodejs' && row.preview === undefined)
    expect(row.nodeApi !== undefined).toBe(row.nodeAbi !== undefined)
  })
})

it('says from where and when its dates are', () => {
  expect(RUNTIMES_SOURCE.link).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//)
  expect(RUNTIMES_SOURCE.checked).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/)
})

it('never moves an ABI backwards with a newer version', () => {
  const nodes = rows.filter((row) => row.nodeAbi !== undefined)
  const ascending = [...nodes].sort((a, b) => compare(a.id, b.id))
  expect(ascending.map((row) => row.nodeAbi)).toEqual(nodes.map((row) => row.nodeAbi).sort((a = 0, b = 0) => a - b))
  expect(ascending.map((row) => row.nodeApi)).toEqual(nodes.map((row) => row.nodeApi).sort((a = 0, b = 0) => a - b))
})

describe('nearestRuntimes', () => {
  it.each([
    ['nodejs22', 'nodejs22.x'],
    ['node22.x', 'nodejs22.x'],
    ['Python3.13', 'python3.13'],
    ['provided.al2024', 'provided.al2023'],
  ])('%s may have meant %s', (given, meant) => {
    expect(nearestRuntimes(given)).toContain(meant)
  })

  it('suggests nothing for another word, and never more than three', () => {
    expect(nearestRuntimes('go')).toEqual([])
    expect(nearestRuntimes('python3.1').length).toBeLessThanOrEqual(3)
  })
})

function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}
