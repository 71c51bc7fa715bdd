import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import {
  CreateFunctionCommand,
  LambdaClient,
  PublishLayerVersionCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda'
import type { AwsStandIn } from '../aws/stand-in.ts'
import { up } from '../lab.ts'
import { run } from '../process/command.ts'
import { type ActionResult, runAction } from '../run-action.ts'
import { REPORT_DIRECTORY, ROOT, type Setting, say, startSetting } from './setting.ts'

const STAND_INS = ['lambda/python:3.11', 'sam/build-python3.11:latest'] as const
const FUNCTION = 'fetch-prices'

/** Scenarios E1 to E4 on the embedded lab: the requests layer from its source to a function, and once more unchanged. */
export async function layer(): Promise<number> {
  const lab = await up({ images: [...STAND_INS] })
  const { 'lambda/python:3.11': runtime, 'sam/build-python3.11:latest': build } = await lab.images([...STAND_INS])
  say(`Images: ${runtime} and ${build}, stand-ins for public.ecr.aws/lambda/python:3.11 and its SAM build image.`)
  await using setting = await startSetting(lab)
  await createFunction(setting.aws)
  const publish = () => runOnce(setting, { 'runtime-image': runtime, 'build-image': build })

  say(`First run: examples/requests-layer is built, checked, published, shared, and attached to ${FUNCTION}.`)
  const first = await publish()
  if (first.exitCode !== 0) return await end(first, setting)
  say(`${FUNCTION} has ${layersOf(setting.aws).join(' and ')}.`)
  await first.dispose()

  setting.aws.calls.length = 0
  say('Second run: nothing changed.')
  const second = await publish()
  const asked = [...new Set(setting.aws.calls.map(({ operation }) => operation))]
  say(`AWS was asked: ${asked.join(', ')}. PublishVersion answers with the version that is there.`)
  return await end(second, setting)
}

async function runOnce({ env, event }: Setting, images: Readonly<Record<string, string>>): Promise<ActionResult> {
  return await runAction({
    inputs: {
      kind: 'layer',
      runtime: 'python3.11',
      ...images,
      'layer-source': 'examples/requests-layer',
      'layer-name': 'requests',
      'layer-description': 'requests and what it needs',
      'license-info': 'Apache-2.0',
      'share-with': '210987654321',
      'function-name': FUNCTION,
      alias: 'live',
      'smoke-event': '{"id": 7}',
      'verify-invoke': 'true',
      'github-token': 'demo-token',
      'report-dir': REPORT_DIRECTORY,
    },
    env,
    event,
    workspace: ROOT,
    onOutput: (text) => process.stdout.write(text),
  })
}

async function end(result: ActionResult, setting: Setting): Promise<number> {
  say('The comment on the pull request:')
  console.log(setting.comment())
  await result.dispose()
  console.log(`report: ${resolve(result.reportPath)}`)
  return result.exitCode ?? 1
}

/** What a team has before: a function of its own code, and a layer that is none of this run's business. */
async function createFunction({ endpoint, region, accountId }: AwsStandIn): Promise<void> {
  const client = new LambdaClient({ endpoint, region, credentials: { accessKeyId: 'demo', secretAccessKey: 'demo' } })
  const ZipFile = await zipOf('examples/requests-function', 'app.py')
  const other = await client.send(new PublishLayerVersionCommand({ LayerName: 'settings', Content: { ZipFile } }))
  await client.send(
    new CreateFunctionCommand({
      FunctionName: FUNCTION,
      Runtime: 'python3.11',
      Handler: 'app.handler',
      Role: `arn:aws:iam::${accountId}:role/${FUNCTION}`,
      Code: { ZipFile },
      Layers: [other.LayerVersionArn ?? ''],
    }),
  )
  await waitUntilFunctionActiveV2({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { FunctionName: FUNCTION })
  client.destroy()
}

async function zipOf(folder: string, file: string): Promise<Buffer> {
  const temporary = await mkdtemp(join(tmpdir(), 'lambda-parity-demo-'))
  try {
    const zip = join(temporary, 'code.zip')
    await run('python3', ['-m', 'zipfile', '-c', zip, join(ROOT, folder, file)])
    return await readFile(zip)
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

function layersOf(aws: AwsStandIn): string[] {
  return (aws.functionState(FUNCTION)?.Layers ?? []).map(({ Arn = '' }) => Arn)
}
