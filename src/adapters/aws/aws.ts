import type { Ecr } from '../../ports/ecr.ts'
import type { LambdaApi } from '../../ports/lambda-api.ts'
import type { Sts } from '../../ports/sts.ts'
import type { AwsOptions } from './client-options.ts'
import { ecrAdapter } from './ecr.ts'
import { lambdaAdapter } from './lambda-api.ts'
import { stsAdapter } from './sts.ts'

/** The AWS services of one run. A client is made when its service is first used: most runs of a pull request use none. */
export type Aws = { ecr(): Ecr; lambda(): LambdaApi; sts(): Sts }

export function aws(options: AwsOptions): Aws {
  return {
    ecr: once(() => ecrAdapter(options)),
    lambda: once(() => lambdaAdapter(options)),
    sts: once(() => stsAdapter(options)),
  }
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
