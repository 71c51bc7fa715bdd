import { describe, expect, it } from 'vitest'
import { pythonRecord } from '../../../src/checks/python-record.ts'
import { makePythonLayer, SITE } from './python-layer.ts'

describe('generated code', () => {
  const generated = (version: string, more = '') =>
    `from google.protobuf import runtime_version as _runtime_version\n${more}_runtime_version.ValidateProtobufRuntimeVersion(\n    _runtime_version.Domain.PUBLIC,\n    ${version.replaceAll('.', ',\n    ')},\n    '',\n    'app.proto'\n)\n`
  const errors = (app: string, ...versions: readonly string[]) =>
    pythonRecord
      .run(
        makePythonLayer({
          sources: {
            'app_pb2.py': app,
            'google/protobuf/__init__.py': '',
            'google/protobuf/runtime_version.py': 'def ValidateProtobufRuntimeVersion(*all): pass\n',
          },
          distributions: versions.map((version) => ({
            name: 'protobuf',
            version,
            record: { files: 2, native: [], modules: ['google.protobuf'], others: [] },
          })),
        }),
      )
      .findings.map(({ level, subject }) => `${level} ${subject}`)
  const refused = [`error ${SITE}/app_pb2.py`]

  it.each([
    ['5.29.0', '5.27.2', refused],
    ['6.30.1', '5.29.5', refused],
    ['5.29.3', '5.29.1', refused],
    ['5.29.3', '5.29.3', []],
    ['5.27.2', '5.29.3', []],
    ['5.27.2', '6.31.0', []],
  ])('for protobuf %s beside %s', (made, there, found) => {
    expect(errors(generated(made), there)).toEqual(found)
  })
  it('beside two versions, or none, of which nobody can tell', () => {
    expect(errors(generated('5.29.0'), '5.27.2', '5.29.1')).toEqual([])
    expect(errors(generated('5.29.0'))).toEqual([])
  })
  it('that somebody is prepared to do without', () => {
    const guarded = `try:\n  ${generated('5.29.0').trimEnd().split('\n').slice(0, 1).join('')}\n  _runtime_version.ValidateProtobufRuntimeVersion(_runtime_version.Domain.PUBLIC, 5, 29, 0, '', 'x')\nexcept Exception:\n  pass\n`
    expect(errors(guarded, '5.27.2')).toEqual([])
  })
})
