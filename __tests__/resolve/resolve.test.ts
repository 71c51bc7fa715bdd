import { describe, expect, it } from 'vitest'
import { ActionError, type FailureCode } from '../../src/errors.ts'
import type { FunctionConfiguration } from '../../src/ports/lambda-api.ts'
import { type ResolvePorts, resolve } from '../../src/resolve/resolve.ts'
import { makeContext, read } from '../builders/inputs.ts'
import { fakeFiles } from '../builders/ports.ts'

const FUNCTION: FunctionConfiguration = {
  functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:f',
  packageType: 'Image',
  architectures: ['x86_64'],
  version: '$LATEST',
  memorySize: 512,
}

const fail = (code: FailureCode) => async () => {
  throw new ActionError(code, `said ${code}`, { help: '' })
}

function makePorts(overrides: Partial<ResolvePorts> = {}): ResolvePorts & { asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    files: fakeFiles({ Dockerfile: 'FROM alpine' }),
    credentials: {
      find: async ({ askInstanceMetadata }) => {
        asked.push(askInstanceMetadata ? 'credentials and instance metadata' : 'credentials')
        return 'found'
      },
    },
    lambda: (region) => ({
      getFunctionConfiguration: async (name) => {
        asked.push(`function ${name} in ${region}`)
        return FUNCTION
      },
      getFunction: async (name) => {
        asked.push(`image of ${name} in ${region}`)
        return { ...FUNCTION, resolvedImageUri: 'host/app@sha256:0' }
      },
    }),
    s3: (region) => ({
      bucketRegion: async (bucket) => {
        asked.push(`bucket ${bucket} in ${region}`)
        return region
      },
    }),
    sts: (region) => ({
      callerIdentity: async () => {
        asked.push(`caller in ${region}`)
        return { account: '123456789012', arn: '' }
      },
    }),
    ...overrides,
  }
}

describe('resolve', () => {
  it('says once what is wrong with an input: a value that was refused is not missing as well', async () => {
    const wrong = read({ publish: 'always', repository: 'UPPER' })
    await expect(resolve(wrong, makeContext(), makePorts())).rejects.toMatchObject({
      message: expect.stringMatching(/^Input `repository` is `UPPER`/),
    })
  })

  it('finds the base, the caller and the function', async () => {
    const ports = makePorts()
    expect(await resolve(read({ repository: 'app', 'function-name': 'f:$LATEST' }), makeContext(), ports)).toEqual({
      base: { from: 'image', reference: 'alpine', line: 1 },
      dockerfile: 'FROM alpine',
      credentials: 'found',
      account: '123456789012',
      function: FUNCTION,
      warnings: [],
    })
    expect(ports.asked).toEqual(['credentials', 'caller in eu-west-1', 'function f in eu-west-1'])
  })

  it('reports wrong texts, missing files and contradictions together, before AWS is asked', async () => {
    const ports = makePorts()
    const wrong = resolve(read({ timeout: '0', context: 'nowhere', publish: 'always' }), makeContext(), ports)
    await expect(wrong).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/^3 inputs are wrong:\n- `timeout`.*\n- `context`.*\n- `repository`/),
    })
    expect(ports.asked).toEqual(['credentials and instance metadata'])
  })

  it('counts what publishing lacks among them, once there are credentials to publish with', async () => {
    const { region: _, commit: _none, ...context } = makeContext()
    const texts = { timeout: '0', 'function-name': 'f' }
    await expect(resolve(read(texts), context, makePorts())).rejects.toMatchObject({
      message: expect.stringMatching(
        /^4 inputs are wrong:\n- `timeout`.*\n- `repository`.*\n- `aws-region`.*\n- `tags`/,
      ),
    })
    const none = makePorts({ credentials: { find: async () => 'none' } })
    await expect(resolve(read(texts), context, none)).rejects.toMatchObject({
      message: expect.stringMatching(/^Input `timeout`/),
    })
  })

  it.each([
    [{ publish: 'never' }, []],
    [{ publish: 'never', 'function-name': 'f' }, ['credentials', 'function f in eu-west-1']],
    [{}, ['credentials']],
    [{ publish: 'always', repository: 'app' }, ['credentials and instance metadata', 'caller in eu-west-1']],
  ] as const)('for %j asks %j', async (texts, asked) => {
    const ports = makePorts()
    await resolve(read(texts), makeContext(), ports)
    expect(ports.asked).toEqual(asked)
  })

  it('asks nothing more without credentials or region', async () => {
    const none = makePorts({ credentials: { find: async () => 'none' } })
    const inputs = read({ repository: 'app', 'function-name': 'f' })
    expect((await resolve(inputs, makeContext(), none)).credentials).toBe('none')
    const { region: _, ...regionless } = makeContext()
    const ports = makePorts()
    await resolve(read({}), regionless, ports)
    expect([none.asked, ports.asked]).toEqual([[], ['credentials']])
  })

  it('fails at once when credentials that publishing needs are refused', async () => {
    const refused = makePorts({ sts: () => ({ callerIdentity: fail('access-denied') }) })
    await expect(resolve(read({ repository: 'app' }), makeContext(), refused)).rejects.toThrow('said access-denied')
    expect(await resolve(read({ publish: 'never' }), makeContext(), refused)).toMatchObject({ warnings: [] })
  })

  it('goes on without what AWS does not tell, and says so', async () => {
    const ports = makePorts({
      sts: () => ({ callerIdentity: fail('aws-error') }),
      lambda: () => ({ getFunctionConfiguration: fail('access-denied'), getFunction: fail('access-denied') }),
    })
    const found = await resolve(read({ repository: 'app', 'function-name': 'f' }), makeContext(), ports)
    expect(found.function).toBeUndefined()
    expect(found.warnings).toEqual([
      'Who calls AWS could not be asked: said aws-error',
      expect.stringMatching(/^The configuration of f could not be read, so defaults .*: said access-denied$/),
    ])
  })

  it.each(['sts', 'lambda'] as const)('does not go on when it is cancelled while asking %s', async (port) => {
    const cancelled = { callerIdentity: fail('cancelled'), getFunctionConfiguration: fail('cancelled') }
    const ports = makePorts({ [port]: () => cancelled })
    const run = resolve(read({ repository: 'app', 'function-name': 'f' }), makeContext(), ports)
    await expect(run).rejects.toThrow('said cancelled')
  })

  it('tells a function that does not exist from one that it may not read', async () => {
    const ports = makePorts({
      lambda: () => ({ getFunctionConfiguration: async () => undefined, getFunction: async () => undefined }),
    })
    const inputs = read({ repository: 'app', 'function-name': 'f' })
    expect(await resolve(inputs, makeContext(), ports)).toMatchObject({ function: 'none' })
  })

  it('hands on warnings of unknown inputs and of inputs without effect', async () => {
    const { warnings } = await resolve(
      { ...read({ alias: 'live' }), warnings: ['unknown'] },
      makeContext(),
      makePorts(),
    )
    expect(warnings).toEqual(['unknown', '`alias` has no effect: no `function-name` is given.'])
  })
})
