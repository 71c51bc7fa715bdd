import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import type { GithubRequest } from '../../../lab/github/request-record.ts'

type Operation = {
  readonly method: string
  readonly path: string
  readonly request: object | null
  readonly responses: Readonly<Record<string, object | null>>
}
type Description = { readonly operations: readonly Operation[]; readonly schemas: object }

const text = readFileSync(new URL('./fixtures/github-openapi.json', import.meta.url), 'utf8')
const description = JSON.parse(text, closed) as Description
const ajv = new Ajv({ strict: false, allErrors: true })
addFormats.default(ajv)
ajv.addSchema({ $id: 'github', schemas: description.schemas })

/** Statuses that GitHub gives on any path, whether or not the description of the operation lists them. */
const COMMON = ['401', '403', '404', '429', '500']

/** What in a request and its answer GitHub's official description does not allow. */
export function violations(request: GithubRequest): string[] {
  const where = `${request.method} ${request.path} (${request.status})`
  const operation = description.operations.find(
    ({ method, path }) => method === request.method && pattern(path).test(request.path),
  )
  if (operation === undefined) return [`${where}: no such operation`]
  const status = String(request.status)
  const declared = operation.responses[status]
  if (declared === undefined && !COMMON.includes(status)) return [`${where}: the status is not declared`]
  const answer = declared === undefined ? { $ref: '#/schemas/basic-error' } : declared
  const sent = request.status < 300 ? faults(operation.request, request.body, `${where} request`) : []
  return [...sent, ...faults(answer, request.answer, `${where} answer`)]
}

function faults(schema: object | null, value: unknown, where: string): string[] {
  if (schema === null) return value === undefined ? [] : [`${where}: a body where none is described`]
  const validate = ajv.compile(referringTo('github', schema))
  if (validate(value)) return []
  return (validate.errors ?? []).map(({ instancePath, message }) => `${where}${instancePath}: ${message}`)
}

function referringTo(id: string, schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/schemas/', `"${id}#/schemas/`)) as object
}

/** The description leaves its objects open; closed, a member that GitHub does not have is found too. */
function closed(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('properties' in value) || !('type' in value)) return value
  return 'additionalProperties' in value ? value : { ...value, additionalProperties: false }
}

function pattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`)
}
