import { TAG } from '../image-reference.ts'
import {
  ACCOUNT,
  ALIAS,
  isRepositoryName,
  ORGANIZATION,
  parseFunctionName,
  REGION_NAME,
  ROLE_ARN,
} from './aws-names.ts'
import type { InputRow } from './input-row.ts'
import { boolean, commaSeparated, integer, matching, oneOf, type Parser } from './parsers.ts'

const repository: Parser<string> = (text, report) => {
  if (isRepositoryName(text)) return text
  const host = /^[^/]+[.:][^/]*\/(.+?)(?:[:@].*)?$/.exec(text)?.[1]
  const hint = host === undefined ? '' : `The registry's host is found by itself: give \`${host}\`. `
  report(
    `${hint}Accepted: the name of an ECR repository, 2 to 256 lower-case letters and digits with \`.\`, \`_\`, \`-\` and \`/\` between them.`,
  )
  return undefined
}

const account = matching(ACCOUNT, 'Accepted: an account id of 12 digits.')

/** Which of these an image takes is decided with `kind` (plan/conflicts.ts). */
const sharee = matching(
  (text) => ACCOUNT.test(text) || ORGANIZATION.test(text) || text === '*',
  'Accepted: account ids of 12 digits; of a layer also `org:o-…`, an organization, and `*`, everybody.',
)

const tag = matching(
  TAG,
  'Accepted: tags alone, of at most 128 letters, digits, `_`, `.` and `-`; the repository stands in `repository`.',
)

export const PUBLISH_INPUTS = {
  publish: { parse: oneOf('auto', 'always', 'never'), declaredDefault: 'auto' },
  repository: { parse: repository },
  'registry-id': { parse: account },
  'create-repository': { parse: boolean, declaredDefault: 'false' },
  tags: { parse: commaSeparated(tag) },
  'share-with': { parse: commaSeparated(sharee) },
  'function-name': {
    parse: matching(
      (text) => parseFunctionName(text) !== undefined,
      'Accepted: the name of a function (letters, digits, `-` and `_`, at most 64), its ARN, or `account:function:name`.',
    ),
  },
  role: { parse: matching(ROLE_ARN, 'Accepted: the ARN of a role, `arn:aws:iam::123456789012:role/name`.') },
  'publish-version': { parse: boolean, declaredDefault: 'false' },
  alias: {
    parse: matching(
      ALIAS,
      'Accepted: at most 128 letters, digits, `-` and `_`, not digits alone; for an alias of each pull request `pr-` and its number.',
    ),
  },
  // Six hours: the longest that a job on a hosted runner may take.
  'wait-timeout': { parse: integer(1, 21_600, 'seconds'), declaredDefault: '600' },
  'verify-invoke': { parse: boolean, declaredDefault: 'false' },
  'dry-run': { parse: boolean, declaredDefault: 'false' },
  'aws-region': { parse: matching(REGION_NAME, 'Accepted: a region such as `eu-west-1`.') },
} as const satisfies Record<string, InputRow<unknown>>
