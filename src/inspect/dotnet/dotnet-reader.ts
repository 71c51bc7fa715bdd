import type { FactReader } from '../fact-reader.ts'
import type { DotnetFile } from './dotnet-file.ts'

export const dotnetReader: FactReader<DotnetFile, DotnetFile> = {
  wants: () => 0,
  read: () => undefined,
  finish: () => [],
}
