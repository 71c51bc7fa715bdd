import { resolve } from 'node:path'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import type { AwsStandIn } from '../aws/stand-in.ts'
import { up } from '../lab.ts'
import { runAction } from '../run-action.ts'
import { REPORT_DIRECTORY, ROOT, say, startSetting } from './setting.ts'

const STAND_IN = 'lambda/nodejs:22'

/** The tutorial (README, scenario D1) on the embedded lab: build, compare, invoke, push, create the function, wait, comment. */
export async function tutorial(realImages: boolean): Promise<number> {
  const lab = await up({ images: realImages ? [] : [STAND_IN] })
  const base = realImages ? undefined : (await lab.images([STAND_IN]))[STAND_IN]
  say(
    base === undefined
      ? 'Images: the real ones of public.ecr.aws/lambda.'
      : `Images: ${base}, a stand-in for public.ecr.aws/lambda/nodejs:22 (Debian, real Node.js, runtime interface client and emulator).`,
  )
  await using setting = await startSetting(lab)
  const { aws, env, event } = setting
  const result = await runAction({
    inputs: {
      context: 'examples/get-customer',
      runtime: 'nodejs22.x',
      ...(base === undefined ? {} : { 'build-args': `BASE=${base}`, 'runtime-image': base }),
      'smoke-event': 'examples/get-customer/event.json',
      'smoke-expect': '{"id": 7}',
      repository: 'get-customer',
      'create-repository': 'true',
      'function-name': 'get-customer',
      role: `arn:aws:iam::${aws.accountId}:role/get-customer`,
      'github-token': 'demo-token',
      'report-dir': REPORT_DIRECTORY,
    },
    env,
    event,
    workspace: ROOT,
    onOutput: (text) => process.stdout.write(text),
  })
  if (result.exitCode === 0) await testFunction(aws)
  say('The comment on the pull request:')
  console.log(setting.comment())
  await result.dispose()
  console.log(`report: ${resolve(result.reportPath)}`)
  return result.exitCode ?? 1
}

/** What the tutorial does last: invoke what was deployed, by a client of its own. */
async function testFunction(aws: AwsStandIn): Promise<void> {
  const client = new LambdaClient({
    endpoint: aws.endpoint,
    region: aws.region,
    credentials: { accessKeyId: 'demo', secretAccessKey: 'demo' },
  })
  const answer = await client.send(new InvokeCommand({ FunctionName: 'get-customer', Payload: '{"id": 7}' }))
  say(`The deployed function answers: ${answer.Payload?.transformToString()}`)
  client.destroy()
}
