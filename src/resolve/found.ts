import type { BaselinePlan } from '../baseline/baseline.ts'
import type { FunctionConfiguration } from '../ports/lambda-api.ts'
import type { TemplateApplied } from '../template/apply-template.ts'
import type { LocalFiles } from './local-files.ts'

/** What read-only look-ups told: everything a plan needs beside the inputs and the run's context. */
export type Found = LocalFiles & {
  /** What a template supplied; its values stand among the inputs. */
  readonly template?: TemplateApplied
  readonly credentials: 'found' | 'none'
  /** The caller's, when credentials are there and STS told. */
  readonly account?: string
  /** The function of `function-name`, or `none` when it does not exist. Absent: not asked, or not told (see `warnings`). */
  readonly function?: FunctionConfiguration | 'none'
  /** Region of `s3-bucket`. Absent: not asked, or S3 did not tell. */
  readonly bucketRegion?: string
  /** What `baseline` names, looked up. */
  readonly baseline?: BaselinePlan
  readonly warnings: readonly string[]
}

export const NOTHING_FOUND: Found = { credentials: 'none', warnings: [] }
