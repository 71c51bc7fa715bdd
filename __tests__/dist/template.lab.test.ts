import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ActionResult } from '../../lab/run-action.ts'
import { type RunOptions, startWorld, type World } from './world.ts'

// Nothing listens there.
const NO_ENGINE = { env: { DOCKER_HOST: 'tcp://127.0.0.1:1' }, anonymous: true } satisfies RunOptions
const SECRET = 'hunter2-of-the-database'

let world: World
let folder: string
let result: ActionResult

beforeAll(async () => {
  world = await startWorld()
  folder = await world.context({ 'template.yaml': TEMPLATE })
  await mkdir(join(folder, 'get-customer'))
  await mkdir(join(folder, 'deps/nodejs/node_modules/greeting'), { recursive: true })
  await writeFile(
    join(folder, 'deps/nodejs/node_modules/greeting/package.json'),
    '{"name":"greeting","version":"1.0.0"}',
  )
  await writeFile(join(folder, 'get-customer/app.mjs'), HANDLER)
  await writeFile(
    join(folder, 'get-customer/Dockerfile'),
    `FROM ${world.base}\nARG DATABASE_PASSWORD\nARG VERSION\nRUN echo "password $DATABASE_PASSWORD" && echo "$VERSION" > version\nCOPY app.mjs ./\nCMD ["nothing.handler"]\n`,
  )
})
afterEach(() => result.dispose())
afterAll(() => world[Symbol.asyncDispose]())

const HANDLER = `import { readFileSync } from 'node:fs'
export const handler = async () => ({ stage: process.env.STAGE, own: process.env.OWN, version: readFileSync('version', 'utf8').trim() })
`

const TEMPLATE = `AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: { Type: String, Default: dev, AllowedValues: [dev, prod] }
  DatabasePassword: { Type: String, NoEcho: true }
  Memory: { Type: Number }
Globals:
  Function:
    Timeout: 20
    Environment:
      Variables:
        STAGE: !Ref Stage
        OWN: template
Resources:
  GetCustomerFunction:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image
      MemorySize: !Ref Memory
      ImageConfig:
        Command: [app.handler]
      Environment:
        Variables:
          TABLE_NAME: !Ref Customers
    Metadata:
      Dockerfile: Dockerfile
      DockerContext: ./get-customer
      DockerTag: nodejs22-v1
      DockerBuildArgs:
        VERSION: 1.10
        DATABASE_PASSWORD: !Ref DatabasePassword
  LaterFunction:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image
      ImageUri: !Sub "\${Images.RepositoryUri}:latest"
  Images:
    Type: AWS::ECR::Repository
  ZipFunction:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: zip, Handler: app.handler, Runtime: nodejs22.x }
  Dependencies:
    Type: AWS::Serverless::LayerVersion
    Properties:
      ContentUri: deps
      CompatibleRuntimes: [nodejs22.x]
  Customers:
    Type: AWS::Serverless::SimpleTable
`

const LOOP = `Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Parameters:
  Names: { Type: CommaDelimitedList }
Resources:
  Fn::ForEach::Functions:
    - Name
    - !Ref Names
    - \${Name}Function:
        Type: AWS::Serverless::Function
        Properties: { PackageType: Image, Architectures: [x86_64] }
        Metadata:
          DockerContext: ./\${Name}
          DockerBuildExtraParams: [--platform=linux/arm64]
`
// Slower than Lambda's 3 s, by its own clock.
const SLOW = 'export const handler = () => new Promise((answer) => setTimeout(answer, 3_100))'

const run = async (inputs: Record<string, string>, options: RunOptions = {}) => {
  result = await world.run({ template: join(folder, 'template.yaml'), ...inputs }, options)
  return result
}
const stages = () => result.report?.stages.map(({ name, status }) => `${name} ${status}`)

describe('the committed bundle, told by a SAM template', () => {
  it('builds, checks and invokes the function as the template says, and shows no NoEcho value', async () => {
    const parameters = `DatabasePassword=${SECRET}\nMemory=256\nStage=prod`
    const { report, exitCode, log, outputs, summary } = await run({
      resource: 'GetCustomerFunction',
      'template-parameters': parameters,
      'smoke-env': 'OWN=workflow',
      'smoke-expect': '{"stage": "prod", "own": "workflow", "version": "1.10"}',
      repository: 'team/customers',
      'create-repository': 'true',
    })
    expect([exitCode, report?.failure]).toEqual([0, undefined])
    expect(report?.smoke.status).toBe('passed')
    expect(report?.plan).toMatchObject({
      kind: { value: 'image', source: 'template' },
      context: { value: join(folder, 'get-customer'), source: 'template' },
      'memory-size': { value: 256, source: 'template' },
      timeout: { value: 20, source: 'template' },
      tags: { value: ['nodejs22-v1'], source: 'template' },
      'build-args': { value: { VERSION: '1.10', DATABASE_PASSWORD: '***' }, source: 'template' },
      'template-parameters': { value: { DatabasePassword: '***', Memory: '256', Stage: 'prod' }, source: 'input' },
      'image-config': { value: { command: ['app.handler'] }, source: 'template' },
      notSet: { value: ['TABLE_NAME'], source: 'template' },
      resource: { value: 'GetCustomerFunction', source: 'input' },
    })
    expect(report?.publication?.tags).toEqual(['nodejs22-v1'])
    expect(outputs['local-image']).toMatch(/^lambda-parity\/team-customers\/.*-amd64:nodejs22-v1$/)
    const shown = log.replaceAll(`::add-mask::${SECRET}`, '') + JSON.stringify(report) + summary
    expect(shown).not.toContain(SECRET)
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true })
    addFormats.default(ajv)
    const validate = ajv.compile(JSON.parse(readFileSync('docs/report.schema.json', 'utf8')))
    validate(report)
    expect(validate.errors).toBeNull()
  })

  it('checks the layer that it names', async () => {
    const { report, exitCode } = await run({ resource: 'Dependencies' }, { anonymous: true })
    expect([exitCode, report?.failure]).toEqual([0, undefined])
    expect(report?.subject).toMatchObject({ kind: 'layer', name: 'Dependencies', runtime: 'nodejs22.x' })
    expect(report?.plan).toMatchObject({
      'layer-path': { value: join(folder, 'deps'), source: 'template' },
      'layer-name': { value: 'Dependencies', source: 'template' },
    })
  })

  it('expands loops, refuses a platform that is not the function’s, and tells of the 3 s of a template without Timeout', async () => {
    await writeFile(join(folder, 'loop.yaml'), LOOP)
    await mkdir(join(folder, 'slow'))
    await writeFile(join(folder, 'slow/app.mjs'), SLOW)
    await writeFile(join(folder, 'slow/Dockerfile'), `FROM ${world.base}\nCOPY app.mjs ./\nCMD ["app.handler"]\n`)
    const { report, exitCode } = await run(
      {
        template: join(folder, 'loop.yaml'),
        resource: 'slowFunction',
        'template-parameters': 'Names=fast,slow',
        publish: 'never',
      },
      { anonymous: true },
    )
    expect([exitCode, report?.failure?.code, report?.smoke.status]).toEqual([1, 'findings', 'passed'])
    expect(report?.plan).toMatchObject({
      context: { value: join(folder, 'slow'), source: 'template' },
      timeout: { value: 30, source: 'default' },
    })
    expect(report?.findings).toContainEqual(
      expect.objectContaining({ rule: 'image-architecture', level: 'error', actual: '`linux/arm64`' }),
    )
    expect(report?.findings).toContainEqual(
      expect.objectContaining({ rule: 'smoke', level: 'note', message: expect.stringContaining('no `Timeout`') }),
    )
  })

  it('says of an image that is in a repository of the same template that it was not checked', async () => {
    const { report, exitCode, outputs } = await run({ resource: 'LaterFunction' }, NO_ENGINE)
    expect([exitCode, report?.verdict, report?.failure]).toEqual([0, 'warned', undefined])
    expect(outputs).toMatchObject({ 'parity-status': 'not-checked', 'smoke-status': 'skipped' })
    expect(stages()).toEqual([
      'plan passed',
      ...['build', 'inspect', 'check', 'smoke', 'publish', 'deploy', 'wait', 'verify'].map((name) => `${name} skipped`),
      'report passed',
    ])
    expect(report?.notChecked.length).toBeGreaterThan(10)
    expect(report?.notChecked[0]?.reason).toMatch(/repository `Images` of the same template or stack/)
  })

  it.each([
    ['a missing resource', {}, [/`resource`: It is needed: the template has 3 to choose from.*GetCustomerFunction/]],
    ['a Zip function', { resource: 'ZipFunction' }, [/`ZipFunction` \(line 39\) is a Zip function/]],
    [
      'everything that is wrong at once',
      { resource: 'GetCustomerFunction', 'template-parameters': 'Stage=test\nMemry=1', 'fail-on': 'x' },
      [
        /`fail-on` is `x`/,
        /`Stage=test`. The template allows `dev` or `prod`/,
        /`Memry`. .*Did you mean `Memory`/,
        /`MemorySize` of .*:19\) needs the parameter `Memory`/,
        /DATABASE_PASSWORD.*needs the parameter `DatabasePassword`/,
      ],
    ],
  ] as const)('stops before anything is done for %s', async (_, inputs, messages) => {
    const { report, exitCode } = await run(inputs, NO_ENGINE)
    expect([exitCode, report?.failure?.stage, report?.failure?.code]).toEqual([1, 'plan', 'invalid-input'])
    for (const message of messages) expect(report?.failure?.message).toMatch(message)
    expect(report?.failure?.message).not.toMatch(/no such file/)
  })
})
