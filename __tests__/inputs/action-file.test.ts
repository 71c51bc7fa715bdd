import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import type { InputRow } from '../../src/inputs/input-row.ts'
import { INPUT_NAMES, INPUTS } from '../../src/inputs/read-inputs.ts'
import { OUTPUTS } from '../../src/outputs.ts'
import { resolveValues } from '../../src/plan/values.ts'
import { NOTHING_FOUND } from '../../src/resolve/found.ts'
import { makeContext, read } from '../builders/inputs.ts'

const action = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8')) as {
  inputs: Record<string, { description: string; default?: unknown }>
  outputs: Record<string, { description: string }>
  runs: unknown
}
const rows: Record<string, InputRow<unknown>> = INPUTS

it('action.yml lists the inputs that the code reads, in its order', () => {
  expect(Object.keys(action.inputs)).toEqual([...INPUT_NAMES])
})

it('action.yml lists the outputs that the code sets', () => {
  expect(Object.keys(action.outputs)).toEqual([...OUTPUTS])
})

it('action.yml runs the bundle on Node 24', () => {
  expect(action.runs).toEqual({ using: 'node24', main: 'dist/index.js' })
})

it.each(Object.entries(action.inputs))('%s has the declared default of the code and a description', (name, input) => {
  expect(input.description.length).toBeGreaterThan(10)
  if (name === 'github-token') expect(input.default).toBe(['$', '{{ github.token }}'].join(''))
  else expect(input.default).toBe(rows[name]?.declaredDefault)
})

it('what action.yml declares is what the code stands in with', () => {
  const values = resolveValues(read({}).inputs, makeContext(), NOTHING_FOUND)
  for (const name of INPUT_NAMES) {
    const declared = rows[name]?.declaredDefault
    if (declared === undefined) continue
    const value: unknown = values[name]?.value
    expect([name, typeof value === 'object' ? JSON.stringify({}) : String(value)]).toEqual([name, declared])
    expect(values[name]?.source).toBe('default')
  }
})
