/** Names as the models of the AWS APIs define them (ECR CreateRepository, Lambda UpdateFunctionCode and CreateAlias, IAM). */

const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*'
const REPOSITORY = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`)
const REGION = '[a-z]{2,4}(?:-[a-z]+)+-\\d'
const FUNCTION = new RegExp(
  `^(?:(?:arn:aws[a-zA-Z-]*:lambda:(${REGION}):)?(\\d{12}):function:|function:)?([a-zA-Z0-9-_]{1,64})(?::(\\$LATEST|[a-zA-Z0-9-_]{1,128}))?$`,
)

/** Name or unversioned ARN of a layer; the length is that of the whole. */
export const LAYER_NAME = new RegExp(
  `^(?=.{1,140}$)(?:arn:aws[a-zA-Z-]*:lambda:${REGION}:\\d{12}:layer:)?[a-zA-Z0-9-_]{1,140}$`,
)
export const ACCOUNT = /^\d{12}$/
/** Entry of `share-with`; the id as AddLayerVersionPermission takes it. */
export const ORGANIZATION = /^org:o-[a-z0-9]{10,32}$/
export const REGION_NAME = new RegExp(`^${REGION}$`)
export const ALIAS = /^(?!\d+$)[a-zA-Z0-9-_]{1,128}$/
export const ROLE_ARN = /^arn:aws[a-zA-Z-]*:iam::\d{12}:role\/[\w+=,.@\-/]+$/

export function isRepositoryName(text: string): boolean {
  return text.length >= 2 && text.length <= 256 && REPOSITORY.test(text)
}

/** `name` is what the function is called; region and account stand in an ARN (`arn:…`) or a partial one (`123456789012:function:name`). */
export type FunctionName = {
  readonly name: string
  readonly region?: string
  readonly account?: string
  /** A version, an alias or `$LATEST`. */
  readonly qualifier?: string
  /** The name or ARN without its qualifier, as the API takes it. */
  readonly unqualified: string
}

/** The parts of a function's name, partial ARN or ARN; `undefined` when it is none of them. */
export function parseFunctionName(text: string): FunctionName | undefined {
  const [, region, account, name, qualifier] = FUNCTION.exec(text) ?? []
  if (name === undefined) return undefined
  return {
    name,
    unqualified: qualifier === undefined ? text : text.slice(0, -qualifier.length - 1),
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
    ...(qualifier === undefined ? {} : { qualifier }),
  }
}
