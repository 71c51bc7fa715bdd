import { expect, it } from 'vitest'
import { otherVersions } from '../../../src/deploy/attach/other-versions.ts'
import { ActionError } from '../../../src/errors.ts'
import type { FunctionPage } from '../../../src/ports/lambda-api.ts'
import { fakeLambda, inTurn } from '../../builders/aws.ts'
import { LAYER_ARN } from '../../builders/layer-publication.ts'

const page = (next: string | undefined, ...functions: [string, string[]][]): FunctionPage => ({
  functions: functions.map(([functionArn, layers]) => ({ functionArn, layers })),
  ...(next === undefined ? {} : { next }),
})
const ask = (functions: (marker?: string) => Promise<FunctionPage>) =>
  otherVersions(`${LAYER_ARN}:4`, { lambda: fakeLambda({ functions }) })

it('finds those with another version on every page, and no others', async () => {
  const pages = [
    page('2', ['old', [`${LAYER_ARN}:3`]], ['new', [`${LAYER_ARN}:4`]], ['none', []]),
    page(undefined, ['other', [LAYER_ARN.replace('shop', 'a:1')]], ['older', [`${LAYER_ARN}:1`]]),
  ]
  expect(await ask(async (marker) => pages[marker === undefined ? 0 : 1] ?? page(undefined))).toEqual({
    functions: [
      { functionArn: 'old', layerVersionArn: `${LAYER_ARN}:3` },
      { functionArn: 'older', layerVersionArn: `${LAYER_ARN}:1` },
    ],
  })
})

it('says why it does not know, and stops at 2,000 functions', async () => {
  const denied = inTurn<FunctionPage>(new ActionError('access-denied', 'lambda:ListFunctions is denied', { help: '' }))
  expect(await ask(denied)).toEqual({ functions: [], reason: 'lambda:ListFunctions is denied' })
  let asked = 0
  const endless = await ask(async () => {
    asked += 1
    return page('more')
  })
  expect([asked, endless.reason]).toEqual([40, 'only the first 2000 functions were looked at'])
})
