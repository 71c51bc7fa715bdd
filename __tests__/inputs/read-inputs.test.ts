import { describe, expect, it } from 'vitest'
import { describeProblem, invalidInputs } from '../../src/inputs/problem.ts'
import { INPUT_NAMES, type InputName, readInputs, secretValues } from '../../src/inputs/read-inputs.ts'
import { inputEnvironment, read } from '../builders/inputs.ts'

describe('readInputs', () => {
  it('gives undefined for every input that is absent, empty or only white space', () => {
    const { inputs, problems, warnings } = readInputs({ INPUT_TAGS: '', INPUT_RUNTIME: '  ' })
    expect(Object.keys(inputs)).toEqual([...INPUT_NAMES])
    expect(Object.values(inputs).every((value) => value === undefined)).toBe(true)
    expect({ problems, warnings }).toEqual({ problems: [], warnings: [] })
  })

  it('takes a text equal to the default of action.yml as not given', () => {
    expect(read({ publish: 'auto', 'smoke-event': '{}', 'wait-timeout': '600' }).inputs).toMatchObject({
      publish: undefined,
      'smoke-event': undefined,
      'wait-timeout': undefined,
    })
  })

  it.each<[InputName, string, unknown]>([
    ['kind', 'image', 'image'],
    ['architecture', 'aarch64', 'arm64'],
    ['architecture', 'linux/amd64', 'x86_64'],
    ['runtime-image', 'public.ecr.aws/lambda/nodejs:22', 'public.ecr.aws/lambda/nodejs:22'],
    ['context', './function', './function'],
    ['build-args', 'A=1\n# no\n\nB=x=y,z', { A: '1', B: 'x=y,z' }],
    ['build-args', 'EMPTY=', { EMPTY: '' }],
    ['build-contexts', 'lib=../lib\nbase=docker-image://alpine:3', ['lib=../lib', 'base=docker-image://alpine:3']],
    [
      'secrets',
      'npm=abc\n"pem=one\ntwo ""2"""',
      [
        { id: 'npm', value: 'abc' },
        { id: 'pem', value: 'one\ntwo "2"' },
      ],
    ],
    ['ssh', 'default\nkey=/a,/b', ['default', 'key=/a,/b']],
    ['cache-from', 'type=gha\nuser/app:cache', ['type=gha', 'user/app:cache']],
    ['cache-to', 'type=registry,ref=user/app:cache,mode=max', ['type=registry,ref=user/app:cache,mode=max']],
    ['labels', 'a=b,c\nplain', ['a=b,c', 'plain']],
    ['pull', 'True', true],
    ['no-cache', 'FALSE', false],
    ['network', 'host', 'host'],
    ['image', 'localhost:5000/app@sha256:'.padEnd(90, '0'), 'localhost:5000/app@sha256:'.padEnd(90, '0')],
    ['fail-on', 'never', 'never'],
    ['ignore', 'os-release', [{ rule: 'os-release', reason: 'ignored by input' }]],
    [
      'ignore',
      'symbol-version /var/task/{a,b}/*.so  # loaded by nobody\nhandler # set at deploy',
      [
        { rule: 'symbol-version', glob: '/var/task/{a,b}/*.so', reason: 'loaded by nobody' },
        { rule: 'handler', reason: 'set at deploy' },
      ],
    ],
    ['smoke', 'false', false],
    ['smoke-event', '{"id": 7}', { given: '{"id": 7}', json: { id: 7 } }],
    ['smoke-event', 'null', { given: 'null', json: null }],
    ['smoke-event', 'events/one.json', { given: 'events/one.json', path: 'events/one.json' }],
    ['smoke-handler', 'src/app.handler', 'src/app.handler'],
    ['smoke-env', 'STAGE=test\n"KEY=a\nb"', { STAGE: 'test', KEY: 'a\nb' }],
    ['memory-size', '128', 128],
    ['timeout', '900', 900],
    ['ephemeral-storage', '10240', 10_240],
    ['repository', 'team/get-customer', 'team/get-customer'],
    ['registry-id', '123456789012', '123456789012'],
    ['tags', 'v1, v1.2\n# comment\nv1', ['v1', 'v1.2']],
    ['share-with', '111111111111,222222222222', ['111111111111', '222222222222']],
    ['share-with', 'org:o-a1b2c3d4e5\n*', ['org:o-a1b2c3d4e5', '*']],
    ['function-name', 'get-customer', 'get-customer'],
    [
      'function-name',
      'arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:f:prod',
      'arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:f:prod',
    ],
    ['function-name', '123456789012:function:f', '123456789012:function:f'],
    ['role', 'arn:aws-cn:iam::123456789012:role/service-role/x', 'arn:aws-cn:iam::123456789012:role/service-role/x'],
    ['alias', 'live', 'live'],
    ['wait-timeout', '60', 60],
    ['aws-region', 'eusc-de-east-1', 'eusc-de-east-1'],
    ['comment', 'false', false],
    ['comment-key', 'shop: images', 'shop: images'],
  ])('reads %s: %j', (name, text, value) => {
    const { inputs, problems } = read({ [name]: text })
    expect(problems).toEqual([])
    expect(inputs[name]).toEqual(value)
  })

  it('reads the row of a runtime', () => {
    expect(read({ runtime: 'nodejs22.x' }).inputs.runtime).toMatchObject({ id: 'nodejs22.x', family: 'nodejs' })
  })

  it.each<[InputName, string, RegExp]>([
    ['kind', 'layers', /`kind` is `layers`. Accepted: `image` or `layer`. Did you mean `layer`\?/],
    ['compatible-runtimes', 'python3.13, pyton3.12', /`pyton3.12`.*Did you mean `python3.12`/],
    ['compatible-runtimes', 'dotnet9', /`dotnet9`. That exists as a base image only/],
    ['compatible-architectures', 'x86', /Accepted: `x86_64`, /],
    ['layer-name', 'my layer', /Accepted: the name of a layer/],
    ['layer-description', 'd'.repeat(257), /at most 256/],
    ['s3-bucket', 's3://bucket/key', /Accepted: the name of a bucket alone/],
    ['s3-prefix', '/layers/', /without a slash in front/],
    ['architecture', 'x86', /Accepted: `x86_64`, `amd64`, /],
    ['architecture', 'x86_64,arm64', /Lambda runs one architecture/],
    ['architecture', 'linux/amd64\nlinux/arm64', /Lambda runs one architecture/],
    ['runtime', 'node22.x', /Did you mean `nodejs22.x`/],
    ['runtime', 'cobol', /Accepted: `nodejs26.x`, /],
    ['runtime-image', 'Not A Reference', /Accepted: an image reference/],
    ['context', 'https://github.com/octo/shop.git#main', /check the repository out first/],
    ['context', 'git@github.com:octo/shop.git', /check the repository out first/],
    ['build-args', 'A=1\nB', /Item 2: it has no `=`/],
    ['build-args', 'A=1\nA=2', /`A` is given more than once/],
    ['build-args', '"A=1', /double quote .* never closed/],
    ['cache-from', 'ref=x', /Accepted: `type=gha`/],
    ['pull', 'yes', /`pull` is `yes`. Accepted: `true` or `false`/],
    ['pull', 'tRUE', /Accepted: `true` or `false`/],
    ['network', 'bridge', /Accepted: `default`, `none` or `host`/],
    ['image', 'registry.example/App:1', /Accepted: an image reference/],
    ['fail-on', 'errors', /Accepted: `error`, `warning` or `never`. Did you mean `error`/],
    ['ignore', 'symbol-versions /x', /`symbol-versions` is no rule. Did you mean `symbol-version`/],
    ['smoke-event', '{"id": 7', /It looks like JSON, but/],
    ['smoke-handler', 'a b', /Accepted: a handler/],
    ['memory-size', '127', /`memory-size` is `127`. Accepted: a whole number from 128 to 10240 \(MB\)/],
    ['memory-size', '10241', /from 128 to 10240/],
    ['timeout', '0', /from 1 to 900 \(seconds\)/],
    ['timeout', '1.5', /from 1 to 900/],
    ['timeout', '1e2', /from 1 to 900/],
    ['ephemeral-storage', '511', /from 512 to 10240/],
    ['smoke-network', 'host', /Accepted: `none` or `bridge`/],
    ['publish', 'true', /Accepted: `auto`, `always` or `never`/],
    ['repository', '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:v1', /give `team\/app`/],
    ['repository', 'Team', /lower-case letters/],
    ['registry-id', '1234', /12 digits/],
    ['tags', 'v1,app:v2', /`tags` is `app:v2`. Accepted: tags alone/],
    ['tags', '.hidden', /Accepted: tags alone/],
    ['share-with', 'org:o-abc', /Accepted: account ids of 12 digits; of a layer also `org:o-…`/],
    ['share-with', 'everybody', /and `\*`, everybody/],
    ['function-name', 'my function', /Accepted: the name of a function/],
    ['role', 'my-role', /Accepted: the ARN of a role/],
    ['alias', '42', /not digits alone/],
    ['wait-timeout', '0', /from 1 to 21600/],
    ['aws-region', 'europe', /Accepted: a region/],
    ['smoke-env', 'AWS_LAMBDA_RUNTIME_API=x', /`AWS_LAMBDA_RUNTIME_API` is reserved/],
  ])('refuses %s: %j', (name, text, message) => {
    const { inputs, problems } = read({ [name]: text })
    expect(problems.map(describeProblem).join('\n')).toMatch(message)
    expect(inputs[name]).toBeUndefined()
  })

  it('reports every wrong input at once', () => {
    const { problems } = read({ 'fail-on': 'x', timeout: 'x', tags: 'a:b,c:d', repository: 'ok' })
    expect(problems.map(({ input, value }) => [input, value])).toEqual([
      ['fail-on', 'x'],
      ['timeout', 'x'],
      ['tags', 'a:b'],
      ['tags', 'c:d'],
    ])
    const error = invalidInputs(problems)
    expect(error.code).toBe('invalid-input')
    expect(error.message).toMatch(/^4 inputs are wrong:\n- `fail-on` is `x`.*\n- `timeout`/)
  })

  it.each<[InputName, string]>([
    ['secrets', 'HUSH'],
    ['secrets', '"pem=HUSH'],
    ['secrets', 'a=HUSH\na=HUSH2'],
    ['secrets', 'pem=-----BEGIN\nHUSH/HUSH'],
    ['smoke-env', 'HUSH'],
    ['smoke-env', 'A B=HUSH'],
    ['smoke-env', 'KEY=x\nHUSH/+=='],
    ['build-args', 'A=1\nHUSH'],
  ])('never shows what may be secret: %s', (name, text) => {
    const { problems } = read({ [name]: text })
    expect(problems).not.toEqual([])
    expect(invalidInputs(problems).message).not.toContain('HUSH')
  })

  it('warns of inputs it does not know, naming the one that was meant', () => {
    const environment = inputEnvironment({ repositry: 'x', 'wait timeout': '5', zzz: '1' })
    expect(readInputs(environment).warnings).toEqual([
      '`repositry` is not an input of this version and has no effect. Did you mean `repository`?',
      '`wait timeout` is not an input of this version and has no effect. Did you mean `wait-timeout`?',
      '`zzz` is not an input of this version and has no effect.',
    ])
  })

  it('names the values that the log must mask', () => {
    expect(secretValues(read({ secrets: 'a=1x\nb=2y', 'github-token': 'ghs_1' }).inputs)).toEqual(['1x', '2y', 'ghs_1'])
    expect(secretValues(read({}).inputs)).toEqual([])
  })
})
