import { expect, it } from 'vitest'
import type { Deployment, FunctionState } from '../../src/report/report.ts'
import { rollBack } from '../../src/report/roll-back.ts'

const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:f'
const state = (imageUri: string): FunctionState => ({
  codeSha256: '',
  imageUri,
  state: 'Active',
  lastUpdateStatus: 'Successful',
  version: '1',
})
const deployment = (more: Partial<Deployment>): Deployment => ({
  functionArn: ARN,
  waitedSeconds: 1,
  polls: 1,
  ...more,
})

it('moves the alias back, and then the function itself', () => {
  const back = rollBack(
    deployment({
      before: state('h/a@sha256:1'),
      after: state('h/a@sha256:2'),
      alias: { name: 'live', from: '6', to: '7' },
    }),
  )
  expect(back?.to).toBe('alias live to version 6')
  expect(back?.command).toBe(
    `aws lambda update-alias --function-name ${ARN} --region eu-west-1 \\\n  --name live --function-version 6\n` +
      `aws lambda update-function-code --function-name ${ARN} --region eu-west-1 \\\n  --image-uri h/a@sha256:1`,
  )
})

it.each([
  ['nothing changed', deployment({ before: state('a'), after: state('a') })],
  ['nothing was there before', deployment({ after: state('a') })],
  ['the alias is new', deployment({ alias: { name: 'live', to: '1' } })],
])('there is no way back when %s', (_, made) => expect(rollBack(made)).toBeUndefined())

it('says how to go back also when the update failed halfway', () => {
  expect(rollBack(deployment({ before: state('h/a@sha256:1') }))?.command).toContain('--image-uri h/a@sha256:1')
})

it('quotes what a shell would read otherwise', () => {
  const alias = { name: '$(reboot)', from: '1', to: '2' }
  expect(rollBack(deployment({ alias }))?.command).toContain("--name '$(reboot)'")
})
