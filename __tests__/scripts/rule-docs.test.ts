import { describe, expect, it } from 'vitest'
import { ruleList, rulePage, withRules } from '../../scripts/rule-docs.ts'
import { CATALOGUE } from '../../src/checks/catalogue.ts'
import { CHECKS } from '../../src/checks/index.ts'

const rule = { id: 'new-rule', finds: 'what nobody else finds' }

describe('rulePage', () => {
  it('begins a new page with every section to fill in', () => {
    expect(rulePage(rule)).toBe(
      '# new-rule\n\nFinds what nobody else finds.\n\n## What it means\n\n## Why it breaks\n\n## How to fix it\n\n## False alarms\n',
    )
  })

  it('writes the head anew and keeps what people wrote', () => {
    const page = '# old-name\n\nFinds something else.\n\n## What it means\n\nWords.\n'
    expect(rulePage(rule, page)).toBe('# new-rule\n\nFinds what nobody else finds.\n\n## What it means\n\nWords.\n')
  })
})

describe('withRules', () => {
  it('lists every built rule with its page, and nothing else changes', () => {
    const readme = withRules('before\n<!-- rules -->\nthe table before\n<!-- /rules -->\nafter\n')
    expect(readme).toMatch(/^before\n<!-- rules -->\n\| rule \| finds \|\n[\s\S]*\n<!-- \/rules -->\nafter\n$/)
    for (const { id } of CHECKS) expect(readme).toContain(`[\`${id}\`](docs/rules/${id}.md)`)
    expect(readme).not.toContain('the table before')
    expect(withRules(readme)).toBe(readme)
  })

  it('says which markers are missing', () => {
    expect(() => withRules('no table')).toThrow('<!-- rules -->')
  })
})

it('lists what is built with a link, and what is planned without', () => {
  const built = new Set(['smoke', ...CHECKS.map(({ id }) => id)])
  const lines = ruleList().split('\n')
  expect(lines).toContain('| `smoke` | smoke cases that failed | built |')
  for (const { id, finds } of CATALOGUE) {
    if (id === 'smoke') continue
    expect(lines).toContain(
      built.has(id) ? `| [\`${id}\`](${id}.md) | ${finds} | built |` : `| \`${id}\` | ${finds} | planned |`,
    )
  }
})
