import { ActionError } from '../../errors.ts'
import type { LambdaApi } from '../../ports/lambda-api.ts'
import type { OtherVersions } from '../../report/report.ts'
import { layerOf } from './layer-list.ts'

/** Pages of 50 functions: where there are more, the rest stays unknown rather than the quota of calls used up. */
const PAGES = 40

/** Which functions of the region have another version of this layer. What may not be listed is a reason, never a failure. */
export async function otherVersions(
  layerVersionArn: string,
  { lambda }: { readonly lambda: Pick<LambdaApi, 'functions'> },
): Promise<OtherVersions> {
  const layer = layerOf(layerVersionArn)
  const functions: OtherVersions['functions'][number][] = []
  let marker: string | undefined
  try {
    for (let pages = 0; pages < PAGES; pages += 1) {
      const page = await lambda.functions(marker)
      for (const { functionArn, layers = [] } of page.functions) {
        const other = layers.find((arn) => layerOf(arn) === layer && arn !== layerVersionArn)
        if (other !== undefined) functions.push({ functionArn, layerVersionArn: other })
      }
      if (page.next === undefined) return { functions }
      marker = page.next
    }
    return { functions, reason: `only the first ${PAGES * 50} functions were looked at` }
  } catch (error) {
    if (!(error instanceof ActionError) || error.code === 'cancelled') throw error
    return { functions, reason: error.message }
  }
}
