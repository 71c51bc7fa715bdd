/** A request of the OCI distribution API, as far as ECR's rules need to tell them apart. */
export type DistributionRequest = {
  readonly operation: 'Ping' | 'GetManifest' | 'PutManifest' | 'GetBlob' | 'StartUpload' | 'Upload' | 'Other'
  readonly repository?: string
  readonly reference?: string
  readonly writes: boolean
}

/** `undefined` for a path that is not the distribution API's. */
export function readDistributionRequest(method: string, url: string): DistributionRequest | undefined {
  const path = url.split('?')[0] ?? ''
  if (path === '/v2/' || path === '/v2') return { operation: 'Ping', writes: false }
  const parts = /^\/v2\/(.+)\/(manifests|blobs|tags)\/(.+)$/.exec(path)
  if (parts === null) return undefined
  const [, before = '', kind, after = ''] = parts
  const writes = method !== 'GET' && method !== 'HEAD'
  // `<name>/blobs/uploads/<id>`: the greedy match would take an upload's id for the last part of a name.
  const uploads = /^\/v2\/(.+)\/blobs\/uploads\/(.*)$/.exec(path)
  if (uploads !== null) {
    return { operation: uploads[2] === '' ? 'StartUpload' : 'Upload', repository: uploads[1] ?? '', writes: true }
  }
  const id = { repository: before, reference: after, writes }
  if (kind === 'manifests') return { operation: writes ? 'PutManifest' : 'GetManifest', ...id }
  return { operation: kind === 'blobs' ? 'GetBlob' : 'Other', ...id }
}
