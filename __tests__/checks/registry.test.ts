import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { PAGE_SECTIONS } from '../../scripts/rule-docs.ts'
import { CATALOGUE } from '../../src/checks/catalogue.ts'
import { CHECKS } from '../../src/checks/index.ts'
import type { Fixture } from './fixture.ts'

const sources = new URL('../../src/checks/', import.meta.url)
const fixtures = new URL('./fixtures/', import.meta.url)
const pages = new URL('../../docs/rules/', import.meta.url)

/** What lies beside the rules and is none. */
const MACHINERY = [
  'catalogue',
  'check',
  'gate',
  'grounds',
  'ignore',
  'index',
  'precedence',
  'precedence-conditions',
  'run-checks',
]
const ids = CHECKS.map(({ id }) => id)

function namesIn(folder: URL): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.slice(0, -'.ts'.length))
}

async function load(rule: string, name: string): Promise<Fixture> {
  const module: { readonly fixture: Fixture } = await import(new URL(`${rule}/${name}.ts`, fixtures).pathname)
  return module.fixture
}

describe('the registry', () => {
  it('has one row per rule file, named as the file', () => {
    const files = namesIn(sources).filter((name) => !MACHINERY.includes(name))
    expect([...ids].sort()).toEqual([...files].sort())
  })

  it('repeats no rule', () => {
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('has no fixtures of unknown rules', () => {
    expect(ids).toEqual(expect.arrayContaining(readdirSync(fixtures)))
  })
})

describe.each(CHECKS)('$id', ({ id, title, run }) => {
  const names = namesIn(new URL(`${id}/`, fixtures))

  it('has a title, a line in the catalogue and a page', () => {
    expect(title).toMatch(/^[A-Z]/)
    expect(CATALOGUE.map((entry): string => entry.id)).toContain(id)
    const page = readFileSync(new URL(`${id}.md`, pages), 'utf8')
    for (const heading of PAGE_SECTIONS) {
      const [, text = ''] = page.split(`## ${heading}\n`)
      expect(text.split('\n## ')[0]?.trim(), heading).toMatch(/\w/)
    }
  })

  it('has a passing and a failing fixture', () => {
    expect(
      names.filter((name) => name.startsWith('pass')),
      'pass*.ts',
    ).not.toEqual([])
    expect(
      names.filter((name) => name.startsWith('fail')),
      'fail*.ts',
    ).not.toEqual([])
  })

  it.each(names)('%s', async (name) => {
    const { subject, findings, notChecked } = await load(id, name)
    expect(findings.length === 0).toBe(name.startsWith('pass'))
    const result = run(subject)
    expect(result.findings).toMatchObject(findings)
    expect(result.findings.every(({ rule }) => rule === id)).toBe(true)
    if (notChecked === undefined) expect(result.notChecked).toBeUndefined()
    else expect(result.notChecked).toMatch(notChecked)
  })
})

/** What the contract says of every finding. */
describe.each(CHECKS)('findings of $id', ({ id, run }) => {
  it.each(namesIn(new URL(`${id}/`, fixtures)))('%s', async (name) => {
    const { subject } = await load(id, name)
    for (const finding of run(subject).findings) {
      expect(finding.level === 'error' && finding.confidence === 'heuristic').toBe(false)
      expect(finding.examples.length).toBeLessThanOrEqual(5)
      expect(finding.count).toBeGreaterThanOrEqual(1)
      expect(finding.message).not.toMatch(/undefined(?! symbol:)|NaN|\[object/)
      expect(finding.help).toMatch(/^[A-Z].*[.:]/)
    }
  })
})
