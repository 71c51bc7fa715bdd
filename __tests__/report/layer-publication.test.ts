import { describe, expect, it } from 'vitest'
import { attachmentParts, layerPublicationParts } from '../../src/report/layer-publication.ts'
import type { FunctionState, LayerPublication } from '../../src/report/report.ts'
import { rollBack } from '../../src/report/roll-back.ts'
import { expectHarmless } from '../builders/harmless-markdown.ts'
import { LAYER_ARN } from '../builders/layer-publication.ts'

const PUBLICATION = { layerVersionArn: `${LAYER_ARN}:3`, version: 3, codeSha256: 'x', reused: false, shared: [] }
const text = (more: Partial<LayerPublication>) => layerPublicationParts({ ...PUBLICATION, ...more }).join('\n\n')
const state = (layers: string[]): FunctionState => ({
  ...{ codeSha256: '', state: 'Active', lastUpdateStatus: 'Successful', version: '$LATEST' },
  layers,
})

describe('layerPublicationParts', () => {
  it('names the version and what consumers need', () => {
    expect(text({})).toContain(`**Published** \`${LAYER_ARN}:3\``)
    expect(text({})).toContain(`"Resource": "${LAYER_ARN}:3"`)
    expect(text({})).not.toContain('Public')
  })

  it.each([{ shared: ['*'] }, { alsoShared: ['*'] }])('begins with a warning when everybody may use it: %j', (more) => {
    expect(text(more)).toMatch(/^> ⚠️ \*\*Public: every AWS account can use /)
  })

  it('takes ids of statements that others wrote for text', () => {
    expectHarmless(text({ alsoShared: ['<img src=x> @everyone', '`<img src=x> #1'] }), () => false)
  })
})

describe('a function with layers', () => {
  const deployment = {
    functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:shop',
    ...{ waitedSeconds: 1, polls: 2 },
    before: state([]),
    after: state([`${LAYER_ARN}:3`]),
  }

  it('lists its layers and at most twenty of those with another version', () => {
    const functions = Array.from({ length: 22 }, (_, index) => ({
      functionArn: `fn-${index}`,
      layerVersionArn: `${LAYER_ARN}:1`,
    }))
    const parts = attachmentParts({ ...deployment, otherVersions: { functions, reason: 'some | reason' } }).join('\n')
    expect(parts).toContain('22 other functions have another version')
    expect(parts.match(/`fn-\d+`/g)).toHaveLength(20)
    expect(parts).toContain('and 2 more')
    expect(parts).toContain('some \\| reason')
  })

  it('goes back to the layers from before, also to none', () => {
    expect(rollBack(deployment)).toMatchObject({ to: 'to the layers from before' })
    expect(rollBack(deployment)?.command).toContain('update-function-configuration --function-name')
    expect(rollBack(deployment)?.command).toContain("--layers '[]'")
    expect(rollBack({ ...deployment, before: state([`${LAYER_ARN}:3`]) })).toBeUndefined()
  })
})
