import type { SmokeCasePlan, SmokePlan } from '../plan/plan.ts'

/** Seconds that real Lambda grants to the init phase, apart from the function's timeout (Lambda runtime environment docs). */
export const INIT_SECONDS = 10

/**
 * Names that would change what starts: with a runtime API address AWS's entry script skips the emulator, with a maximum
 * concurrency the emulator (1.29 and later) runs as Lambda Managed Instances. Neither is let in, from image or user.
 */
export const NEVER_SET = ['AWS_LAMBDA_RUNTIME_API', 'AWS_LAMBDA_MAX_CONCURRENCY', '_HANDLER'] as const

/** HOME and the folders are what Lambda gives where the image says nothing; HOME is not writable there either. */
const DEFAULTS: Readonly<Record<string, string>> = {
  HOME: '/home/sbx_user1051',
  LAMBDA_TASK_ROOT: '/var/task',
  LAMBDA_RUNTIME_DIR: '/var/runtime',
  LANG: 'en_US.UTF-8',
  TZ: ':UTC',
}

/**
 * The variables of one case's container: defaults that the image does not set, the user's, and those that Lambda reserves,
 * in rising order of precedence. The emulator's timeout counts the init phase in, real Lambda's does not: it is longer here
 * by the seconds that Lambda grants, and time-limit.ts judges the measured times.
 */
export function lambdaEnvironment(
  plan: SmokePlan,
  one: SmokeCasePlan,
  image: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const given = { AWS_REGION: 'us-east-1', ...plan.environment, ...one.environment }
  const reserved: readonly string[] = NEVER_SET
  return {
    ...Object.fromEntries(Object.entries(DEFAULTS).filter(([name]) => !Object.hasOwn(image, name))),
    AWS_DEFAULT_REGION: given.AWS_REGION,
    ...Object.fromEntries(Object.entries(given).filter(([name]) => !reserved.includes(name))),
    AWS_LAMBDA_FUNCTION_NAME: 'function',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(plan.memorySize),
    AWS_LAMBDA_FUNCTION_TIMEOUT: String(one.timeout + INIT_SECONDS),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  }
}
