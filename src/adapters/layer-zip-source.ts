import { createHash } from 'node:crypto'
import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs'
import { RandomAccessReader } from 'yauzl'

const WINDOW = 256 * 1024

/** A zip's bytes by position. The central directory is read in small pieces: a window of the file stands behind them. */
export class ZipSource extends RandomAccessReader {
  readonly size: number
  private readonly file: number
  private readonly window = Buffer.allocUnsafe(WINDOW)
  private start = 0
  private length = 0

  constructor(path: string) {
    super()
    this.file = openSync(path, 'r')
    this.size = fstatSync(this.file).size
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    // The caller's next read comes from inside of the callback: without a turn in between, many would overflow the stack.
    queueMicrotask(() => callback(null, this.at(position, length).copy(buffer, offset)))
  }

  /** As many bytes from `position` on, fewer at the end of the file; valid until the next call. */
  at(position: number, length: number): Buffer {
    if (position < 0 || position >= this.size) return Buffer.alloc(0)
    if (length > WINDOW) {
      const bytes = Buffer.allocUnsafe(Math.min(length, this.size - position))
      return bytes.subarray(0, readSync(this.file, bytes, 0, bytes.length, position))
    }
    if (position < this.start || position + length > this.start + this.length) {
      this.start = position
      this.length = readSync(this.file, this.window, 0, WINDOW, position)
    }
    const from = position - this.start
    return this.window.subarray(from, Math.min(from + length, this.length))
  }

  stream(start: number, length: number): NodeJS.ReadableStream {
    return createReadStream('', { fd: this.file, autoClose: false, start, end: start + length - 1 })
  }

  async sha256(): Promise<string> {
    const hash = createHash('sha256')
    if (this.size > 0) for await (const chunk of this.stream(0, this.size)) hash.update(chunk)
    return hash.digest('base64')
  }

  override close(callback: (error: Error | null) => void): void {
    closeSync(this.file)
    callback(null)
  }
}
