import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { FAILURE_CODES } from '../../src/errors.ts'
import { buildReport } from '../../src/report/build-report.ts'
import { STAGES } from '../../src/report/report.ts'
import { makeFinding, makeReport } from '../builders/report.ts'

const schema = JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8'))
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true })
addFormats.default(ajv)
const validate = ajv.compile(schema)

describe('docs/report.schema.json', () => {
  it('describes a full report', () => {
    const report = buildReport(
      makeReport({
        findings: [makeFinding({ ignored: 'known' })],
        failure: { stage: 'check', code: 'findings', message: 'x', help: '' },
      }),
    )
    validate(JSON.parse(JSON.stringify(report)))
    expect(validate.errors).toBeNull()
  })

  it('refuses a finding without help and an empty ignore reason', () => {
    const { help: _, ...helpless } = makeFinding()
    expect(validate({ ...makeReport(), findings: [helpless] })).toBe(false)
    expect(validate(makeReport({ findings: [makeFinding({ ignored: '' })] }))).toBe(false)
  })

  it('lists the failure codes and stages of the code', () => {
    expect(schema.properties.failure.properties.code.enum).toEqual([...FAILURE_CODES])
    expect(schema.properties.stages.items.properties.name.enum).toEqual([...STAGES])
  })
})
