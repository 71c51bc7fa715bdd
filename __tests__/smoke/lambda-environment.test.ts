import { expect, it } from 'vitest'
import { lambdaEnvironment } from '../../src/smoke/lambda-environment.ts'
import { emulatorArguments, startCommand } from '../../src/smoke/start-command.ts'
import { makeImageFacts } from '../builders/evidence.ts'
import { makeCase, makeSmokePlan } from './smoke-plan.ts'

it("the user's variables are over the defaults and under those that Lambda reserves", () => {
  const plan = makeSmokePlan({ environment: { TZ: 'Europe/Rome', AWS_REGION: 'eu-south-1', STAGE: 'test' } })
  const one = makeCase({ environment: { STAGE: 'case', AWS_LAMBDA_FUNCTION_NAME: 'mine' }, timeout: 7 })
  expect(lambdaEnvironment(plan, one, { LANG: 'C' })).toEqual({
    HOME: '/home/sbx_user1051',
    LAMBDA_TASK_ROOT: '/var/task',
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    TZ: 'Europe/Rome',
    STAGE: 'case',
    AWS_REGION: 'eu-south-1',
    AWS_DEFAULT_REGION: 'eu-south-1',
    AWS_LAMBDA_FUNCTION_NAME: 'function',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    // The emulator counts the 10 s of Lambda's init phase in.
    AWS_LAMBDA_FUNCTION_TIMEOUT: '17',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  })
})

it.each(['AWS_LAMBDA_RUNTIME_API', 'AWS_LAMBDA_MAX_CONCURRENCY', '_HANDLER'])('%s never gets in', (name) => {
  expect(lambdaEnvironment(makeSmokePlan({ environment: { [name]: 'x' } }), makeCase(), {})).not.toHaveProperty([name])
})

it('starts ENTRYPOINT and CMD, or the handler in the place of CMD', () => {
  const image = makeImageFacts({ entrypoint: ['/entry', '-x'], command: ['app.a'] })
  expect(startCommand(image, undefined)).toEqual(['/entry', '-x', 'app.a'])
  expect(startCommand(image, 'app.b')).toEqual(['/entry', '-x', 'app.b'])
  expect(emulatorArguments(['/entry'])).toEqual(['--log-level', 'info', '/entry'])
})
