import { describe, expect, it } from 'vitest'
import type { Context } from '../../src/context.ts'
import { makePlan } from '../../src/plan/make-plan.ts'
import type { FunctionConfiguration } from '../../src/ports/lambda-api.ts'
import type { Found } from '../../src/resolve/found.ts'
import { type InputTexts, makeContext, read } from '../builders/inputs.ts'

const FUNCTION: FunctionConfiguration = {
  functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:get-customer',
  packageType: 'Image',
  architectures: ['x86_64'],
  version: '$LATEST',
  memorySize: 512,
  timeout: 10,
}
const PULL_REQUEST = { number: 7, isFork: false, headSha: 'a'.repeat(40), readOnlyToken: false }
const DEPLOY = { repository: 'get-customer', 'function-name': 'get-customer' }

function plan(texts: InputTexts = {}, found: Partial<Found> = {}, context: Partial<Context> = {}) {
  const made = makePlan(read(texts).inputs, makeContext(context), { credentials: 'found', warnings: [], ...found })
  if (made.kind === 'layer') throw new Error('a layer was planned')
  return made
}

describe('makePlan', () => {
  it('builds, checks and smokes without any input, and says why the rest will not happen', () => {
    expect(plan({}, { credentials: 'none' })).toMatchObject({
      kind: 'image',
      name: 'shop',
      architecture: 'x86_64',
      source: { from: 'build', context: '.', file: 'Dockerfile', pull: false, noCache: false, secrets: [] },
      runtimeImage: { from: 'recognise' },
      check: { failOn: 'error', ignore: [] },
      smoke: {
        cases: [{ name: 'default', event: {}, environment: {}, timeout: 30 }],
        memorySize: 128,
        timeout: 30,
        ephemeralStorage: 512,
        network: 'none',
      },
      publish: { skipped: 'no AWS credentials were found' },
      deploy: { skipped: 'no `function-name` is given' },
      dryRun: false,
      report: {
        directory: '/runner/temp/lambda-parity/parity',
        comment: { skipped: 'the event push has no pull request' },
      },
      warnings: [],
    })
  })

  it('publishes and deploys by digest with what was found', () => {
    const found = { account: '123456789012', function: FUNCTION }
    expect(plan({ ...DEPLOY, alias: 'live' }, found)).toMatchObject({
      publish: {
        repository: 'get-customer',
        region: 'eu-west-1',
        createRepository: false,
        tags: ['sha-a1b2c3d4e5f6'],
        shareWith: [],
      },
      deploy: {
        functionName: 'get-customer',
        region: 'eu-west-1',
        action: 'update',
        publishVersion: true,
        alias: 'live',
        waitTimeout: 600,
      },
      smoke: { memorySize: 512, timeout: 10 },
    })
  })

  describe('name', () => {
    it.each<[InputTexts, string]>([
      [{ repository: 'team/app', 'function-name': 'f' }, 'team/app'],
      [{ image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:v1' }, 'team/app'],
      [{ 'function-name': 'arn:aws:lambda:eu-west-1:123456789012:function:f' }, 'f'],
      [{ image: 'ghcr.io/octo/app:v1' }, 'octo/app'],
      [{ context: './functions/get-customer/' }, 'get-customer'],
      [{}, 'shop'],
    ])('of %j is %s', (texts, name) => {
      expect(plan(texts, { credentials: 'none' }).name).toBe(name)
    })
  })

  describe('runtime image', () => {
    const from = (reference: string): Partial<Found> => ({ base: { from: 'image', reference, line: 3 } })

    it('is the one that was given', () => {
      const texts = { 'runtime-image': 'r:1', runtime: 'nodejs22.x' }
      expect(plan(texts, from('alpine')).runtimeImage).toEqual({ from: 'given', reference: 'r:1' })
    })

    it('is that of the runtime', () => {
      const { runtimeImage, runtime } = plan({ runtime: 'python3.13' }, from('public.ecr.aws/lambda/nodejs:22'))
      expect(runtimeImage).toMatchObject({ from: 'derived', reference: 'public.ecr.aws/lambda/python:3.13' })
      expect(runtime?.id).toBe('python3.13')
    })

    it('is an AWS base that the Dockerfile names, which tells the runtime too', () => {
      const { runtimeImage, runtime, table } = plan({}, from('public.ecr.aws/lambda/nodejs:22'))
      expect(runtimeImage).toEqual({
        from: 'derived',
        reference: 'public.ecr.aws/lambda/nodejs:22',
        because: 'FROM in line 3 of Dockerfile',
      })
      expect(runtime?.id).toBe('nodejs22.x')
      expect(table.runtime).toEqual({ value: 'nodejs22.x', source: 'default' })
    })

    it('is left to the artifact for any other base', () => {
      expect(plan({}, from('debian:12')).runtimeImage).toEqual({ from: 'recognise', base: 'debian:12' })
      expect(plan({}, { base: { from: 'scratch', line: 1 } }).runtimeImage).toEqual({ from: 'recognise' })
    })
  })

  it('passes the build options through', () => {
    const texts = { context: 'app', target: 't', secrets: 'a=b', 'ca-bundle': 'ca.pem', pull: 'true', network: 'host' }
    expect(plan(texts).source).toMatchObject({
      context: 'app',
      file: 'app/Dockerfile',
      target: 't',
      secrets: [
        { id: 'a', value: 'b' },
        { id: 'ca-bundle', file: 'ca.pem' },
      ],
      pull: true,
      network: 'host',
    })
  })

  it('builds nothing when an image is given', () => {
    expect(plan({ image: 'app:1', pull: 'true' }).source).toEqual({ from: 'reference', image: 'app:1', pull: true })
  })

  it('takes cases from the suite, and what they leave open from the inputs', () => {
    const suite = [
      { name: 'a', environment: { X: '1' }, timeout: 3, expectError: 'E' },
      { name: 'b', environment: {}, event: { json: null }, expect: { json: 7 } },
    ]
    expect(plan({ timeout: '20' }, { suite, event: { json: { id: 1 } } }).smoke).toMatchObject({
      cases: [
        { name: 'a', event: { id: 1 }, expectError: 'E', environment: { X: '1' }, timeout: 3 },
        { name: 'b', event: null, expect: 7, environment: {}, timeout: 20 },
      ],
    })
  })

  it.each<[InputTexts, Partial<Found>, Partial<Context>, string, string]>([
    [{ publish: 'never', ...DEPLOY }, {}, {}, '`publish` is `never`', 'nothing is published: `publish` is `never`'],
    [
      DEPLOY,
      { credentials: 'none' },
      { pullRequest: { ...PULL_REQUEST, isFork: true } },
      'no AWS credentials were found (a pull request from a fork gets no secrets and no OIDC token)',
      'nothing is published: no AWS credentials were found (a pull request from a fork gets no secrets and no OIDC token)',
    ],
    [{}, {}, {}, 'no `repository` is given', 'no `function-name` is given'],
  ])('skips publishing for %j, %j', (texts, found, context, publish, deploy) => {
    expect(plan(texts, found, context)).toMatchObject({ publish: { skipped: publish }, deploy: { skipped: deploy } })
  })

  it('names the registry only when it is not the caller’s', () => {
    const texts = { repository: 'app', 'registry-id': '111111111111' }
    expect(plan(texts, { account: '222222222222' }).publish).toMatchObject({ registryId: '111111111111' })
    expect(plan(texts, { account: '111111111111' }).publish).not.toHaveProperty('registryId')
    const image = '111111111111.dkr.ecr.eu-west-1.amazonaws.com/app:v1'
    expect(plan({ image }, { account: '222222222222' }).publish).toMatchObject({
      repository: 'app',
      registryId: '111111111111',
    })
  })

  it.each<[string, InputTexts, Partial<Found>, string, RegExp]>([
    ['always, no credentials', { publish: 'always', ...DEPLOY }, { credentials: 'none' }, 'no-credentials', /`always`/],
    ['a function, no repository', { 'function-name': 'f' }, {}, 'invalid-input', /`repository`: It is needed/],
    [
      'no such function',
      DEPLOY,
      { function: 'none' },
      'function-not-found',
      /There is no function get-customer in eu-west-1/,
    ],
    [
      'a Zip function',
      DEPLOY,
      { function: { ...FUNCTION, packageType: 'Zip' } },
      'package-type-mismatch',
      /package type Zip/,
    ],
    [
      'another architecture',
      DEPLOY,
      { function: { ...FUNCTION, architectures: ['arm64'] } },
      'invalid-input',
      /runs arm64, and the image is for x86_64/,
    ],
  ])('stops before the build for %s', (_, texts, found, code, message) => {
    expect(() => plan(texts, found)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }))
  })

  it('needs a region and a tag once it publishes', () => {
    const { region: _, commit: __, ...context } = makeContext()
    const publishing = () => makePlan(read(DEPLOY).inputs, context, { credentials: 'found', warnings: [] })
    expect(publishing).toThrow(/2 inputs are wrong:\n- `aws-region`.*\n- `tags`/)
  })

  it('creates a function that does not exist when a role is given', () => {
    const texts = { ...DEPLOY, role: 'arn:aws:iam::123456789012:role/r' }
    expect(plan(texts, { function: 'none' }).deploy).toMatchObject({ action: 'create', role: texts.role })
    expect(plan(texts, { function: FUNCTION }).deploy).toMatchObject({ action: 'update' })
  })

  it('only warns of a function that it will not touch', () => {
    const texts = { publish: 'never', 'function-name': 'get-customer', architecture: 'arm64' }
    expect(plan(texts, { function: FUNCTION }).warnings).toEqual([expect.stringMatching(/runs x86_64/)])
    expect(plan(texts, { function: 'none' }).warnings).toEqual(['There is no function get-customer.'])
  })

  it('says that the function overrides what the smoke runs', () => {
    const overridden = { ...FUNCTION, imageConfig: { command: ['other.handler'] } }
    expect(plan(DEPLOY, { function: overridden }).warnings).toEqual([
      'The function overrides the image\'s CMD ["other.handler"]; the smoke uses the image\'s own. Set `smoke-handler: other.handler` to invoke the same.',
    ])
    expect(plan({ ...DEPLOY, 'smoke-handler': 'other.handler' }, { function: overridden }).warnings).toEqual([])
  })

  it.each<[string, InputTexts, Partial<Context>, object]>([
    ['a pull request', {}, {}, { key: 'ci', pullRequest: 7, token: 't' }],
    ['a key of its own', { 'comment-key': 'k' }, {}, { key: 'k', pullRequest: 7, token: 't' }],
    ['comment: false', { comment: 'false' }, {}, { skipped: '`comment` is `false`' }],
    ['dry-run', { 'dry-run': 'true' }, {}, { skipped: '`dry-run` is `true`' }],
    [
      'a fork of a public repository',
      {},
      { pullRequest: { ...PULL_REQUEST, isFork: true, readOnlyToken: true } },
      {
        skipped: 'a pull request from a fork gets a token that cannot write',
        remedy: expect.stringContaining('`pull-requests: write`'),
      },
    ],
    [
      'a fork whose token may write',
      {},
      { pullRequest: { ...PULL_REQUEST, isFork: true } },
      { key: 'ci', pullRequest: 7, token: 't' },
    ],
  ])('plans the comment for %s', (_, texts, context, comment) => {
    const made = plan({ 'github-token': 't', ...texts }, {}, { pullRequest: PULL_REQUEST, ...context })
    expect(made.report.comment).toEqual(comment)
  })

  it('plans no comment without a token', () => {
    expect(plan({}, {}, { pullRequest: PULL_REQUEST }).report.comment).toEqual({
      skipped: 'no `github-token` is given',
    })
  })
})
