// Cuts GitHub's official OpenAPI description down to the operations of the stand-in, with every schema they refer to:
//   npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-23.0.2.tgz package/generated/api.github.com.json
//   node __tests__/lab/github/extract-openapi.mjs package/generated/api.github.com.json
import { readFileSync, writeFileSync } from 'node:fs'

const COMMENTS = '/repos/{owner}/{repo}/issues/{issue_number}/comments'
const COMMENT = '/repos/{owner}/{repo}/issues/comments/{comment_id}'
const OPERATIONS = [
  ['get', COMMENTS],
  ['post', COMMENTS],
  ['get', COMMENT],
  ['patch', COMMENT],
  ['delete', COMMENT],
  ['get', '/repos/{owner}/{repo}/pulls/{pull_number}'],
  ['get', '/user'],
]
const document = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const schemas = {}

/** A copy without prose and examples; schemas that are referred to are collected on the way. */
function copy(value) {
  if (Array.isArray(value)) return value.map(copy)
  if (typeof value !== 'object' || value === null) return value
  if (typeof value.$ref === 'string') {
    const [kind, name] = value.$ref.split('/').slice(2)
    if (kind !== 'schemas') return copy(document.components[kind][name])
    if (!(name in schemas)) {
      schemas[name] = undefined
      schemas[name] = copy(document.components.schemas[name])
    }
    return { $ref: `#/schemas/${name}` }
  }
  const kept = Object.entries(value).filter(
    ([key, member]) =>
      !(
        ['example', 'examples', 'discriminator'].includes(key) ||
        (key === 'description' && typeof member === 'string')
      ),
  )
  return Object.fromEntries(kept.map(([key, member]) => [key, copy(member)]))
}

const schemaOf = (part) => {
  const json = part?.content?.['application/json']
  return json === undefined ? null : copy(json.schema)
}
const operations = OPERATIONS.map(([method, path]) => {
  const operation = document.paths[path][method]
  const responses = Object.entries(operation.responses).map(([status, response]) => {
    const resolved = response.$ref ? document.components.responses[response.$ref.split('/').at(-1)] : response
    return [status, schemaOf(resolved)]
  })
  return {
    method: method.toUpperCase(),
    path,
    request: schemaOf(operation.requestBody),
    responses: Object.fromEntries(responses),
  }
})
const target = new URL('./fixtures/github-openapi.json', import.meta.url)
const source = `${document.info.title} ${document.info.version} (npm @octokit/openapi 23.0.2, MIT)`
writeFileSync(target, `${JSON.stringify({ source, operations, schemas }, undefined, 1)}\n`)
