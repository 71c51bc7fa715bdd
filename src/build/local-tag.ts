import { type Architecture, architectureRow } from '../lambda/architecture.ts'

/**
 * Tag of a built image in the local engine, its own for each run and architecture: `lambda-parity/get-customer:run-amd64`,
 * or, with a tag that somebody asked for, `lambda-parity/get-customer/run-amd64:v1`.
 */
export function localTag(name: string, runId: string, architecture: Architecture, asked?: string): string {
  const tag = `${runId.replace(/[^A-Za-z0-9_.-]+/g, '-').replace(/^[.-]+/, '')}-${architectureRow(architecture).docker}`
  if (asked !== undefined) return `lambda-parity/${pathComponent(name)}/${pathComponent(tag)}:${asked}`
  return `lambda-parity/${pathComponent(name)}:${tag.slice(-128).replace(/^[.-]+/, '')}`
}

/** `name` as one path component of a repository name (OCI distribution-spec: lower case, separated by one of . _ -). */
function pathComponent(name: string): string {
  const component = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return component === '' ? 'image' : component
}
