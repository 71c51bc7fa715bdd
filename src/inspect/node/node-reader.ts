import type { FactReader } from '../fact-reader.ts'
import type { NodeFile } from './node-file.ts'

export const nodeReader: FactReader<NodeFile, NodeFile> = {
  wants: () => 0,
  read: () => undefined,
  finish: () => [],
}
