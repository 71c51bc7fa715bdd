import { imageReader } from './reader.ts'

/** What one reading took and found, in a process of its own: what other readings left behind is not counted as its memory. */
export type OneReading = {
  readonly bytes: number
  readonly files: number
  readonly elf: number
  /** Most memory the process ever had, in MB (10^6). */
  readonly peak: number
}

const image = process.argv[2]
if (image === undefined) throw new Error('node bench/inspect/read-once.ts IMAGE')
const { files, elf, bytes } = await imageReader()(image)
const reading: OneReading = {
  bytes: bytes.uncompressed,
  files: files.length,
  elf: elf.length,
  peak: (process.resourceUsage().maxRSS * 1024) / 1e6,
}
console.log(JSON.stringify(reading))
