import { describe, expect, it } from 'vitest'
import { parseSuite } from '../../src/smoke/suite.ts'

const problems = (text: string) => {
  const suite = parseSuite(text)
  return 'problems' in suite ? suite.problems : []
}
const suite = (cases: string) => `schema: 1\ncases:\n${cases}`

describe('parseSuite', () => {
  it('reads every member of a case', () => {
    const text = suite(`
  - name: known customer
    event: { id: 7 }
    expect: { name: Ada }
    env: { STAGE: test, LEVEL: 3, DEBUG: true }
    timeout: 5
  - name: unknown customer
    event: null
    expect-error: NotFound
  - expect-error: { errorMessage: no id }
`)
    expect(parseSuite(text)).toEqual({
      cases: [
        {
          name: 'known customer',
          event: { json: { id: 7 } },
          expect: { json: { name: 'Ada' } },
          environment: { STAGE: 'test', LEVEL: '3', DEBUG: 'true' },
          timeout: 5,
        },
        { name: 'unknown customer', event: { json: null }, expectError: 'NotFound', environment: {} },
        { name: 'case 3', expectError: { errorMessage: 'no id' }, environment: {} },
      ],
    })
  })

  it('reads JSON', () => {
    expect(parseSuite('{"schema": 1, "cases": [{"name": "a"}]}')).toEqual({ cases: [{ name: 'a', environment: {} }] })
  })

  it.each([
    ['', /the file must be an object/],
    ['[]', /the file must be an object/],
    ['cases: []', /the file has no schema, which is needed/],
    ['schema: 2\ncases: [{}]', /the file: schema must be 1/],
    ['schema: 1', /the file has no cases, which is needed/],
    ['schema: 1\ncases: {}', /the file: cases must be a list/],
    ['schema: 1\ncases: []', /cases must have at least one case/],
    ['schema: 1\ncases: [{}]\ncase: 1', /the file has the unknown member case: did you mean cases\?/],
    [suite('  - 7'), /case 1 must be an object/],
    [suite('  - name: 7'), /case 1 \("7"\): name must be a text/],
    [suite('  - name: ""'), /name must be one line of 1 to 100 characters/],
    [
      suite('  - { name: a }\n  - { name: b, timout: 3 }'),
      /case 2 \("b"\) has the unknown member timout: did you mean timeout\?/,
    ],
    [suite('  - { name: a, zzz: 3 }'), /unknown member zzz: known are name, event, expect/],
    [suite('  - { name: a, timeout: 901 }'), /timeout must be a whole number of seconds from 1 to 900/],
    [suite('  - { name: a, timeout: 1.5 }'), /timeout must be a whole number/],
    [suite('  - { name: a, timeout: "5" }'), /timeout must be a whole number/],
    [suite('  - { name: a, env: [A] }'), /env must be an object of names and values/],
    [suite('  - { name: a, env: { A B: x } }'), /env\.A B is no name of an environment variable/],
    [suite('  - { name: a, env: { AWS_LAMBDA_RUNTIME_API: x } }'), /env\.AWS_LAMBDA_RUNTIME_API is reserved by Lambda/],
    [suite('  - { name: a, env: { KEY: [1] } }'), /env\.KEY must be a text, number or boolean/],
    [suite('  - { name: a, expect-error: [1] }'), /expect-error must be an errorType/],
    [suite('  - { name: a, expect: 1, expect-error: E }'), /case 1 \("a"\) expects an answer and an error/],
    [suite('  - { name: a }\n  - { name: a }'), /case 2 has the name of another, "a"/],
    ['schema: 1\nschema: 1\ncases: [{}]', /Map keys must be unique at line 2/],
    ['schema: 1\ncases: [', /at line 2/],
    ['schema: 1\ncases: [{event: !secret x}]', /Unresolved tag: !secret/],
    [`schema: 1 ${'#'.repeat(1024 * 1024)}`, /larger than 1 MB/],
  ])('refuses %j', (text, message) => {
    expect(problems(text).join('\n')).toMatch(message)
  })

  it('reports every problem of a file', () => {
    expect(problems(suite('  - { name: 1, timeout: 0 }\n  - { nme: a }'))).toHaveLength(3)
  })

  it('refuses aliases that multiply', () => {
    const levels = ['a', 'b', 'c', 'd', 'e'].map((name, index, all) => {
      const item = index === 0 ? 'x' : `*${all[index - 1]}`
      return `      ${name}: &${name} [${Array.from({ length: 10 }, () => item).join(', ')}]`
    })
    expect(problems(suite(`  - event:\n${levels.join('\n')}`)).join()).toMatch(/Excessive alias count/)
  })
})
