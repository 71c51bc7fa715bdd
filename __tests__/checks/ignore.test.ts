import { describe, expect, it } from 'vitest'
import { applyIgnore } from '../../src/checks/ignore.ts'
import { makeFinding } from '../builders/report.ts'

const finding = makeFinding({
  rule: 'elf-architecture',
  subject: '/var/task/node_modules/sharp/vendor',
  owner: 'pkg:npm/@img/sharp-linux-arm64',
  examples: [
    '/var/task/node_modules/sharp/vendor/lib/libvips.so.42',
    '/var/task/node_modules/sharp/vendor/.hidden/a.so',
  ],
})

describe('applyIgnore', () => {
  it.each<[glob: string | undefined, why: string]>([
    [undefined, 'the whole rule'],
    ['/var/task/node_modules/sharp/vendor', 'the subject as it is'],
    ['/var/task/**/vendor', 'the subject by a glob'],
    ['pkg:npm/@img/*', 'the owner'],
    ['**/libvips.so.*', 'an example'],
    ['libvips.so.42', 'the name of an example'],
    ['**/.hidden/*', 'names with a dot'],
  ])('%s marks it: %s', (glob) => {
    const rule = { rule: 'elf-architecture', reason: 'not loaded', ...(glob === undefined ? {} : { glob }) }
    expect(applyIgnore([finding], [rule])).toEqual([{ ...finding, ignored: 'not loaded' }])
  })

  it.each(['/var/task', '/var/*/vendor', 'libvips', 'pkg:npm/*'])('%s does not', (glob) => {
    expect(applyIgnore([finding], [{ rule: 'elf-architecture', glob, reason: 'r' }])).toEqual([finding])
  })

  it('takes names that look like globs as they are written', () => {
    const odd = makeFinding({ subject: '/var/task/[id]/addon.node', examples: [] })
    const rule = { rule: odd.rule, glob: '/var/task/[id]/addon.node', reason: 'r' }
    expect(applyIgnore([odd], [rule])[0]?.ignored).toBe('r')
  })

  it('leaves other rules alone and gives the first reason', () => {
    const rules = [
      { rule: 'handler', reason: 'other' },
      { rule: 'elf-architecture', reason: 'first' },
      { rule: 'elf-architecture', reason: 'second' },
    ]
    expect(applyIgnore([finding], rules)[0]?.ignored).toBe('first')
  })
})
