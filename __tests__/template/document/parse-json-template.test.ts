import { expect, it } from 'vitest'
import { parseJsonTemplate } from '../../../src/template/document/parse-json-template.ts'
import { parseTemplate } from '../../../src/template/document/parse-template.ts'
import { packed, texts } from '../cdk/assembly-files.ts'

it.each(['example', 'images', 'nested', 'stages'])('reads the templates of %s as a YAML reader does', (name) => {
  const templates = Object.entries(texts(packed(name))).filter(([path]) => path.endsWith('.template.json'))
  for (const [, text] of templates) expect(parseJsonTemplate(text)).toEqual(parseTemplate(`--- ${text}`))
})

it('keeps lines and what stands in the file', () => {
  const parsed = parseJsonTemplate('{\n "a": [1.50, true,\n null, "x\\n"]\n}')
  expect(parsed).toMatchObject({
    root: {
      line: 1,
      entries: new Map([
        [
          'a',
          {
            kind: 'list',
            line: 2,
            items: [
              { kind: 'scalar', line: 2, value: 1.5, text: '1.50' },
              { kind: 'scalar', line: 2, value: true, text: 'true' },
              { kind: 'scalar', line: 3, value: null, text: '' },
              { kind: 'scalar', line: 3, value: 'x\n', text: 'x\n' },
            ],
          },
        ],
      ]),
    },
  })
})

it.each([
  ['an end that is missing', '{"a": 1'],
  ['YAML', '{a: 1}'],
  ['a comment', '{\n// no\n}'],
  ['two values', '{}\n{}'],
  ['a character that has no place', '{"a": \u0001}'],
])('leaves %s to the reader of YAML', (_, text) => {
  expect(parseJsonTemplate(text)).toBeUndefined()
})

it('names the line of a key that stands twice', () => {
  const fault = { line: 2, why: expect.stringContaining('`a` stands twice') }
  expect(parseJsonTemplate('{"a": 1,\n"a": 2}')).toEqual({ faults: [fault] })
})

it.each(['', '"text"', '[]'])('reads %j without failing', (text) => {
  expect(() => parseJsonTemplate(text)).not.toThrow()
})

it('does not go deeper than a template may', () => {
  const fault = { why: expect.stringContaining('100 levels') }
  for (const levels of [150, 300_000])
    expect(parseJsonTemplate('['.repeat(levels) + ']'.repeat(levels))).toEqual({ faults: [fault] })
})
