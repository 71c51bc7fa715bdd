import { describe, expect, it } from 'vitest'
import { LARGEST_TEMPLATE, parseTemplate } from '../../../src/template/document/parse-template.ts'
import { child, type TemplateNode } from '../../../src/template/document/template-node.ts'
import { templateText } from '../../../src/template/template-text.ts'

function plain(node: TemplateNode): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(plain)
  return Object.fromEntries([...node.entries].map(([key, value]) => [key, plain(value)]))
}

function parsed(text: string): TemplateNode {
  const result = parseTemplate(text)
  if ('faults' in result) throw new Error(JSON.stringify(result.faults))
  return result.root
}

const faults = (text: string) => {
  const result = parseTemplate(text)
  return 'faults' in result ? result.faults : []
}

describe('a template as data', () => {
  it.each([
    ['A: !Ref B', { A: { Ref: 'B' } }],
    ['A: !Sub "${B}"', { A: { 'Fn::Sub': '${B}' } }],
    ['A: !GetAtt B.C.D', { A: { 'Fn::GetAtt': ['B', 'C.D'] } }],
    ['A: !GetAtt [B, C]', { A: { 'Fn::GetAtt': ['B', 'C'] } }],
    ['A: !If [C, !Ref B, !Sub x]', { A: { 'Fn::If': ['C', { Ref: 'B' }, { 'Fn::Sub': 'x' }] } }],
    ['A: !Condition B', { A: { Condition: 'B' } }],
    ['A: !Whatever {a: 1}', { A: { 'Fn::Whatever': { a: 1 } } }],
    ['A: &x {a: 1}\nB: *x\nC: {<<: *x, a: 2, b: 3}', { A: { a: 1 }, B: { a: 1 }, C: { a: 2, b: 3 } }],
    ['\uFEFFA: 1\r\nB: |\r\n  x\r\n  y\r\n', { A: 1, B: 'x\ny\n' }],
    ['{"A": {"Ref": "B"}, "C": "\\u00e9"}', { A: { Ref: 'B' }, C: 'é' }],
    ['{A: {Ref: B}}', { A: { Ref: 'B' } }],
    ['%YAML 1.1\n---\nA: yes', { A: true }],
    ['A: [010, 0x1F, 1_000, 1:30, 0b11, 012345678901, 08]', { A: [8, 31, 1000, 90, 3, '012345678901', '08'] }],
    ['A: [1.5, .5, 1e3, 1.0e+3, ~, null, "", "1"]', { A: [1.5, 0.5, '1e3', 1000, null, null, '', '1'] }],
    ['A: [2024-01-02, !!str 1, on, Off, y]', { A: ['2024-01-02', '1', true, false, 'y'] }],
  ])('%j', (text, expected) => expect(plain(parsed(text))).toEqual(expected))

  it('knows the lines of keys and values', () => {
    const root = parsed('A:\n  B:\n    C: 1\n  D: [1,\n    2]\n')
    expect([child(root, 'A'), child(root, 'A', 'B'), child(root, 'A', 'B', 'C')].map((node) => node?.line)).toEqual([
      1, 2, 3,
    ])
  })

  it('shares what an alias stands for, and copies nothing', () => {
    const root = parsed('A: &x [1]\nB: *x\n')
    expect(child(root, 'B')).toBe(child(root, 'A'))
  })
})

describe('a hostile text', () => {
  it.each([
    ['a key twice', 'A: 1\nB: 2\nA: 3', [{ line: 3, why: expect.stringMatching(/`A` stands twice/) }]],
    ['keys twice in several maps', 'A: {x: 1, x: 2}\nB: {y: 1, y: 1}', [{ line: 1 }, { line: 2 }]],
    ['two documents', 'A: 1\n---\nB: 2\n', [{ line: 2, why: expect.stringMatching(/second YAML document/) }]],
    ['an anchor in itself', 'A: &x [*x]', [{ line: 1, why: expect.stringMatching(/contains itself/) }]],
    ['an unknown anchor', 'A:\n  - *x', [{ line: 2, why: expect.stringMatching(/no anchor `&x`/) }]],
    ['a key that is a list', '? [a]\n: b', [{ why: 'A key must be a text.' }]],
    ['two documents', 'a: 1\n---\nb: 1', [{ line: 2 }]],
    ['depth', '['.repeat(5000), [{ why: expect.stringMatching(/deeper than 100 levels/) }]],
    ['depth of aliases', chain(200), [{ why: expect.stringMatching(/deeper than 100 levels/) }]],
    ['merge keys', merges(), [{ why: expect.stringMatching(/merge keys .* hold too much/) }]],
  ])('%s is said with its line', (_, text, expected) => {
    expect(faults(text)).toMatchObject(expected)
  })

  it('grows with its text only, whatever its aliases', () => {
    const laugh = Array.from({ length: 60 }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}]`)
    expect(faults(['a0: &a0 [x]', ...laugh].join('\n'))).toEqual([])
  })

  it('is not read beyond the size of a template', async () => {
    const asked: number[] = []
    const files = {
      readStart: async (_: string, bytes: number) => {
        asked.push(bytes)
        return new Uint8Array(bytes)
      },
    }
    expect(await templateText('t.yaml', files)).toEqual({ why: expect.stringMatching(/larger than 2 MB/) })
    expect(asked).toEqual([LARGEST_TEMPLATE + 1])
    const binary = { readStart: async () => Uint8Array.of(0x41, 0xff, 0xfe) }
    expect(await templateText('t.yaml', binary)).toEqual({ why: 'It is no text in UTF-8.' })
  })
})

function chain(length: number): string {
  const links = Array.from({ length }, (_, index) => `k${index + 1}: &a${index + 1} [*a${index}]`)
  return ['k0: &a0 []', ...links].join('\n')
}

function merges(): string {
  const keys = Array.from({ length: 1000 }, (_, index) => `k${index}: 1`).join(', ')
  return [`a: &a {${keys}}`, ...Array.from({ length: 200 }, (_, index) => `b${index}: {<<: *a}`)].join('\n')
}
