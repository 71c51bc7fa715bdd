import { RandomAccessReader } from 'yauzl'

/** Holds the end of most lists of entries, and the record after it. Bytes. */
const TAIL = 256 * 1024
/** A list of entries larger than that is of no zip that Lambda takes. Bytes. */
const MOST = 64 * 1024 * 1024
/** Of one request, in milliseconds: an endpoint that cannot be reached must not hold the run. */
const TIMEOUT = 10_000

/** The end of a file behind a link, fetched by range as far as it is read. Errors never name the link, which is a secret. */
export class RangeReader extends RandomAccessReader {
  readonly size: number
  private readonly url: string
  private readonly signal: AbortSignal
  private start: number
  private held: Buffer

  private constructor(url: string, signal: AbortSignal, { size, bytes }: { size: number; bytes: Buffer }) {
    super()
    this.url = url
    this.signal = signal
    this.size = size
    this.held = bytes
    this.start = size - bytes.length
  }

  /** Rejects when nothing answers, or the answer is no range. */
  static async open(url: string, signal: AbortSignal): Promise<RangeReader> {
    return new RangeReader(url, signal, await fetchRange(url, `-${TAIL}`, signal))
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.from(position).then(
      (bytes) => callback(null, bytes.copy(buffer, offset, 0, length)),
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
    )
  }

  /** Everything from a position on: a list of entries is read from its beginning. */
  private async from(position: number): Promise<Buffer> {
    if (position < this.start) {
      if (this.size - position > MOST) throw new Error('its list of entries is too large')
      const { bytes } = await fetchRange(this.url, `${position}-${this.size - 1}`, this.signal)
      this.held = bytes
      this.start = position
    }
    return this.held.subarray(position - this.start)
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null)
  }
}

async function fetchRange(url: string, range: string, signal: AbortSignal): Promise<{ size: number; bytes: Buffer }> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)])
  const headers = { range: `bytes=${range}` }
  try {
    const answer = await fetch(url, { headers, signal: bounded })
    const [, size] = /\/(\d+)$/.exec(answer.headers.get('content-range') ?? '') ?? []
    if (answer.status !== 206 || size === undefined) {
      await answer.body?.cancel()
      throw new Error(`its download answers with status ${answer.status} where a part was asked for`)
    }
    return { size: Number(size), bytes: Buffer.from(await answer.arrayBuffer()) }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof Error && error.message.startsWith('its download')) throw error
    const cause: unknown = Reflect.get(Object(error), 'cause')
    const code = String(Reflect.get(Object(cause), 'code') ?? Reflect.get(Object(error), 'name'))
    throw new Error(`its download gives no answer (${code})`)
  }
}
