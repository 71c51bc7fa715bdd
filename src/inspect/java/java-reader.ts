import type { FactReader } from '../fact-reader.ts'
import type { JavaFile } from './java-file.ts'

export const javaReader: FactReader<JavaFile, JavaFile> = {
  wants: () => 0,
  read: () => undefined,
  finish: () => [],
}
