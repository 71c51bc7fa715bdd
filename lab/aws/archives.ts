import { createHash } from 'node:crypto'
import type { Answer } from '../http/answer.ts'
import type { HttpRequest } from '../http/request.ts'

/** A zip that was uploaded as code of a function or as a layer version. */
export type Archive = {
  readonly bytes: Buffer
  /** Base64 of its sha256, as Lambda's CodeSha256. */
  readonly codeSha256: string
  /** Sum of what its central directory states; `undefined`: it is no zip. */
  readonly unzippedSize: number | undefined
}

const PATH = '/_archives/'

/** What Lambda keeps of uploaded zips, and hands out by presigned links (`Code.Location`, `Content.Location`). */
export class Archives {
  readonly #byKey = new Map<string, Archive>()
  #endpoint = ''

  /** Where the links lead; known once the endpoint listens. */
  at(endpoint: string): void {
    this.#endpoint = endpoint
  }

  keep(bytes: Buffer): Archive {
    const sha256 = createHash('sha256').update(bytes).digest()
    const archive = { bytes, codeSha256: sha256.toString('base64'), unzippedSize: unzippedSize(bytes) }
    this.#byKey.set(sha256.toString('hex'), archive)
    return archive
  }

  location({ codeSha256 }: Archive): string {
    const key = Buffer.from(codeSha256, 'base64').toString('hex')
    return `${this.#endpoint}${PATH}${key}?X-Amz-Expires=600&X-Amz-Signature=secret`
  }

  /** A download of such a link, whole or by range, as S3 gives it; without the signature it is refused. */
  answer(request: HttpRequest): Answer | undefined {
    if (!request.path.startsWith(PATH)) return undefined
    const found = this.#byKey.get(request.path.slice(PATH.length))
    if (found === undefined || request.query.get('X-Amz-Signature') !== 'secret') {
      return { status: 403, headers: { 'content-type': 'application/xml' }, body: Buffer.from('<Error/>') }
    }
    const { bytes } = found
    const headers = { 'content-type': 'application/zip', 'accept-ranges': 'bytes' }
    const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '') ?? []
    if (first === undefined || last === undefined) return { status: 200, headers, body: bytes }
    const start = first === '' ? Math.max(0, bytes.length - Number(last)) : Number(first)
    const end = first === '' || last === '' ? bytes.length : Math.min(bytes.length, Number(last) + 1)
    const range = { 'content-range': `bytes ${start}-${end - 1}/${bytes.length}` }
    return { status: 206, headers: { ...headers, ...range }, body: bytes.subarray(start, end) }
  }
}

/** APPNOTE.TXT §4.3.12, §4.3.16; without zip64, which no zip of a lab's test needs. */
function unzippedSize(zip: Buffer): number | undefined {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end === -1) return undefined
  let sum = 0
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    sum += zip.readUInt32LE(at + 24)
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return sum
}
