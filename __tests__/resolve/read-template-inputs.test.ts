import { describe, expect, it } from 'vitest'
import type { ActionError } from '../../src/errors.ts'
import { makePlan } from '../../src/plan/make-plan.ts'
import { partialPlanTable } from '../../src/plan/table.ts'
import { readTemplateInputs } from '../../src/resolve/read-template-inputs.ts'
import { type ResolvePorts, resolve } from '../../src/resolve/resolve.ts'
import { type InputTexts, makeContext, read } from '../builders/inputs.ts'
import { fakeFiles } from '../builders/ports.ts'
import { imageFunction } from '../template/template.ts'

const FILES = { 'infra/app/Dockerfile': 'FROM alpine' }

function makePorts(text: string, overrides: Partial<ResolvePorts> = {}): ResolvePorts {
  return {
    files: fakeFiles({ ...FILES, 'infra/template.yaml': text }),
    credentials: { find: async () => 'none' },
    lambda: () => ({ getFunctionConfiguration: async () => undefined, getFunction: async () => undefined }),
    sts: () => ({ callerIdentity: async () => ({ account: '123456789012', arn: '' }) }),
    s3: () => ({ bucketRegion: async () => 'eu-west-1' }),
    ...overrides,
  }
}

async function planned(text: string, texts: InputTexts = {}, overrides: Partial<ResolvePorts> = {}) {
  const ports = makePorts(text, overrides)
  const inputs = await readTemplateInputs(read({ template: 'infra/template.yaml', ...texts }), makeContext(), ports)
  const found = await resolve(inputs, makeContext(), ports)
  return makePlan(inputs.inputs, makeContext(), found)
}

const TEMPLATE = imageFunction(
  'MemorySize: 256\nEnvironment: { Variables: { STAGE: dev, TABLE: !Ref F } }\nImageConfig: { Command: [a.b] }',
  'DockerContext: app\nDockerTag: v1',
)

describe('a template in a plan', () => {
  it('comes after inputs and before the defaults, and every source is told', async () => {
    const { table } = await planned(TEMPLATE, { timeout: '9' })
    expect(table).toMatchObject({
      template: { value: 'infra/template.yaml', source: 'input' },
      kind: { value: 'image', source: 'template' },
      context: { value: 'infra/app', source: 'template' },
      file: { value: 'infra/app/Dockerfile', source: 'default' },
      'memory-size': { value: 256, source: 'template' },
      timeout: { value: 9, source: 'input' },
      tags: { value: ['v1'], source: 'template' },
      architecture: { value: 'x86_64', source: 'default' },
      'smoke-env': { value: ['STAGE'], source: 'template' },
      'image-config': { value: { command: ['a.b'] }, source: 'template' },
      notSet: { value: ['TABLE'], source: 'template' },
      'ephemeral-storage': { value: 512, source: 'default' },
    })
  })

  it('comes before the configuration of the function', async () => {
    const configuration = { functionArn: '', packageType: 'Image', architectures: ['x86_64'], version: '$LATEST' }
    const lambda = () => ({
      getFunctionConfiguration: async () => ({ ...configuration, memorySize: 1024, timeout: 60 }) as never,
      getFunction: async () => undefined,
    })
    const { table } = await planned(
      TEMPLATE,
      { 'function-name': 'f', repository: 'rr', publish: 'auto' },
      { credentials: { find: async () => 'found' }, lambda },
    )
    expect(table).toMatchObject({
      'memory-size': { value: 256, source: 'template' },
      timeout: { value: 60, source: 'function' },
    })
  })

  it('names the subject, builds with its tag, and warns of nothing that nobody wrote', async () => {
    const plan = await planned(TEMPLATE, { smoke: 'false' })
    expect(plan).toMatchObject({ name: 'F', kind: 'image', imageConfig: { command: ['a.b'] }, warnings: [] })
    expect(plan.source).toMatchObject({ from: 'build', localTag: 'v1' })
  })

  it('merges variables and build arguments by name, given ones first', async () => {
    const text = imageFunction(
      'Environment: { Variables: { AA: template, BB: template } }',
      'DockerContext: app\nDockerBuildArgs: { A: template, B: template }',
    )
    const plan = await planned(text, { 'smoke-env': 'AA=given', 'build-args': 'A=given' })
    expect(plan.smoke).toMatchObject({ environment: { AA: 'given', BB: 'template' } })
    expect(plan.source).toMatchObject({ buildArgs: { A: 'given', B: 'template' } })
  })

  it('shows no NoEcho value, neither of a parameter nor where it was put', async () => {
    const text = imageFunction(
      'Timeout: 5',
      'DockerContext: app\nDockerBuildArgs: { URL: !Sub "db://${Pw}@host" }',
      'Parameters:\n  Pw: { Type: String, NoEcho: true }\n  Stage: { Type: String }\n',
    )
    const { table, source } = await planned(text, { 'template-parameters': 'Pw=hunter2\nStage=dev' })
    expect(table['template-parameters']?.value).toEqual({ Pw: '***', Stage: 'dev' })
    expect(table['build-args']?.value).toEqual({ URL: 'db://***@host' })
    expect(source).toMatchObject({ buildArgs: { URL: 'db://hunter2@host' }, concealed: ['hunter2'] })
  })

  it('asks the credentials for the account when the template needs it, and only then', async () => {
    const text = imageFunction('ImageUri: !Sub "${AWS::AccountId}.dkr.ecr.eu-west-1.amazonaws.com/a:1"', 'Other: 1')
    const found = { credentials: { find: async () => 'found' as const } }
    expect((await planned(text, {}, found)).source).toMatchObject({
      image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/a:1',
    })
    const refused = {
      ...found,
      sts: () => ({
        callerIdentity: async () => {
          throw new Error('was not to be asked')
        },
      }),
    }
    expect((await planned(text, { 'registry-id': '210987654321', publish: 'never' }, refused)).source).toMatchObject({
      image: '210987654321.dkr.ecr.eu-west-1.amazonaws.com/a:1',
    })
    await expect(planned(text)).rejects.toMatchObject({
      message: expect.stringMatching(/`AWS::AccountId`, which is not/),
    })
  })

  it('leaves an image of its own repository unread', async () => {
    const text = imageFunction('ImageUri: !GetAtt R.RepositoryUri', 'Other: 1', '  R: { Type: AWS::ECR::Repository }\n')
    const plan = await planned(text)
    expect(plan.source).toMatchObject({ from: 'unavailable', reason: expect.stringMatching(/repository `R`/) })
    expect(plan.table).not.toHaveProperty('context')
  })
})

describe('a template that is wrong', () => {
  it('is told with every other wrong input, and nothing is missing that it would have said', async () => {
    const wrong = {
      'template-parameters': 'Nope=1',
      'smoke-event': 'nowhere.json',
      publish: 'always',
      repository: 'rr',
    }
    const context = { ...makeContext() }
    delete (context as { region?: string }).region
    const ports = makePorts('Resources: {}\n')
    const inputs = await readTemplateInputs(read({ template: 'infra/template.yaml', ...wrong }), context, ports)
    const error: unknown = await resolve(inputs, context, ports).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'invalid-input' })
    const { message } = error as ActionError
    expect(message).toMatch(/^4 inputs are wrong/)
    for (const input of ['template', 'template-parameters', 'smoke-event', 'aws-region'])
      expect(message).toContain(`\`${input}\``)
    expect(message).not.toMatch(/Dockerfile/)
    expect(partialPlanTable(inputs, context)['template-parameters']?.value).toEqual({ Nope: '***' })
  })

  it.each([
    ['templat.yaml', /There is no such file or folder. Near it: .*template.yaml/],
    ['infra', /That is a folder without manifest.json, so no CDK cloud assembly. In it: `infra\/template.yaml`/],
    ['cdk.out', /Is `cdk synth` run before this step/],
  ])('is one error: %s', async (path, message) => {
    const ports = makePorts(TEMPLATE, {
      files: fakeFiles({ 'template.yaml': '', 'infra/template.yaml': TEMPLATE }),
    })
    const { problems } = await readTemplateInputs(read({ template: path }), makeContext(), ports)
    expect(problems).toEqual([{ input: 'template', value: path, why: expect.stringMatching(message) }])
  })

  it('is warned of when only its companions are given', async () => {
    const { warnings } = await readTemplateInputs(read({ resource: 'F' }), makeContext(), makePorts(''))
    expect(warnings).toEqual(['`resource` has no effect: no `template` is given.'])
  })
})
