import type { FactReader } from '../fact-reader.ts'
import type { PythonFile } from './python-file.ts'

export const pythonReader: FactReader<PythonFile, PythonFile> = {
  wants: () => 0,
  read: () => undefined,
  finish: () => [],
}
