import { describe, expect, it } from 'vitest'
import type { Inputs } from '../../src/inputs/read-inputs.ts'
import { reportInLayer } from '../../src/resolve/report-in-layer.ts'
import { makeContext } from '../builders/inputs.ts'
import { fakeFiles } from '../builders/ports.ts'

const files = fakeFiles({ 'layer/python/app.py': '', 'other/x': '', 'layer.zip': 'PK' })
const judge = (inputs: Partial<Inputs>, context = makeContext()) =>
  reportInLayer({ kind: 'layer', 'layer-path': 'layer', ...inputs } as Inputs, context, files)

describe('reportInLayer', () => {
  it.each(['layer', 'layer/', './layer/report', 'other/../layer/report', '/checkout/layer/report/deep'])(
    'refuses %s',
    async (path) => {
      expect(await judge({ 'report-dir': path })).toMatchObject({
        input: 'report-dir',
        value: path,
        why: expect.stringMatching(/^It lies in `layer-path`, layer, which .* Accepted: a folder beside it\.$/),
      })
    },
  )

  it.each([
    { 'report-dir': 'layers' },
    { 'report-dir': 'layer-report' },
    { 'report-dir': 'other/report' },
    {},
    { 'report-dir': 'layer.zip', 'layer-path': 'layer.zip' },
    { kind: 'image' as const, 'report-dir': 'layer' },
  ])('takes %j', async (inputs) => {
    expect(await judge(inputs)).toBeUndefined()
  })

  it('refuses a layer that holds the place of every report', async () => {
    const context = makeContext({ temporaryDirectory: '/checkout/layer/tmp' })
    expect(await judge({}, context)).toMatchObject({
      input: 'layer-path',
      why: expect.stringContaining('/checkout/layer/tmp'),
    })
  })
})
