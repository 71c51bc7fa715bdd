import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { type AwsStandIn, startAws } from './aws/stand-in.ts'
import { type GithubStandIn, startGithub } from './github/stand-in.ts'
import { type Lab, up } from './lab.ts'
import { runAction } from './run-action.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const REPORT_DIRECTORY = join(ROOT, '.lab/demo')
const STAND_IN = 'lambda/nodejs:22'
const PULL_REQUEST = 1
/** Lines that only the action reads. */
const MARKERS = /<!-- lambda-parity [^>]*-->\n?/g

/** The tutorial (README, scenario D1) on the embedded lab: build, compare, invoke, push, create the function, wait, comment. */
async function demo(realImages: boolean): Promise<number> {
  const lab = await up({ images: realImages ? [] : [STAND_IN] })
  const base = realImages ? undefined : (await lab.images([STAND_IN]))[STAND_IN]
  say(
    base === undefined
      ? 'Images: the real ones of public.ecr.aws/lambda.'
      : `Images: ${base}, a stand-in for public.ecr.aws/lambda/nodejs:22 (Debian, real Node.js, runtime interface client and emulator).`,
  )
  const [aws, github] = await Promise.all([awsOf(lab), startGithub({ pullRequests: [PULL_REQUEST] })])
  say(`Stand-ins on loopback: AWS ${aws.endpoint}, GitHub ${github.apiUrl}. Registry, Docker and emulator are real.`)
  try {
    return await runTutorial(base, aws, github)
  } finally {
    await Promise.all([aws.stop(), github.stop()])
  }
}

function awsOf(lab: Lab): Promise<AwsStandIn> {
  const { host, user, password } = lab.registry
  return startAws({
    registry: { host, user, password },
    riePath: lab.rie.path,
    ...(lab.docker.host === undefined ? {} : { dockerHost: lab.docker.host }),
  })
}

async function runTutorial(base: string | undefined, aws: AwsStandIn, github: GithubStandIn): Promise<number> {
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
    env: awsEnvironment(aws, github),
    event: pullRequestEvent(github),
    workspace: ROOT,
    onOutput: (text) => process.stdout.write(text),
  })
  if (result.exitCode === 0) await testFunction(aws)
  say('The comment on the pull request:')
  console.log(github.comments(PULL_REQUEST)[0]?.body?.replaceAll(MARKERS, '') ?? '(there is none)')
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

function awsEnvironment(aws: AwsStandIn, github: GithubStandIn): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: aws.region,
    AWS_ACCESS_KEY_ID: 'demo',
    AWS_SECRET_ACCESS_KEY: 'demo',
    GITHUB_API_URL: github.apiUrl,
    GITHUB_REPOSITORY: `${github.owner}/${github.repository}`,
  }
}

function pullRequestEvent(github: GithubStandIn) {
  const full_name = `${github.owner}/${github.repository}`
  const head = { sha: 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678', repo: { full_name } }
  return { name: 'pull_request', payload: { pull_request: { number: PULL_REQUEST, head }, repository: { full_name } } }
}

function say(text: string): void {
  console.log(`\n▶ ${text}\n`)
}

process.exitCode = await demo(process.argv.includes('--real-images'))
