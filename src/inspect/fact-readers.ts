import { clientReader } from './binaries/client-reader.ts'
import { foreignReader } from './binaries/foreign-reader.ts'
import { dotnetReader } from './dotnet/dotnet-reader.ts'
import type { FactReader, FileFact } from './fact-reader.ts'
import { javaReader } from './java/java-reader.ts'
import { loaderReader } from './loader/loader-reader.ts'
import { nodeReader } from './node/node-reader.ts'
import { packageReader } from './packages/package-reader.ts'
import { pythonReader } from './python/python-reader.ts'
import { rubyReader } from './ruby/ruby-reader.ts'

/** Who takes facts from passing files, by their name in the evidence. */
export const FACT_READERS = {
  python: pythonReader,
  node: nodeReader,
  java: javaReader,
  ruby: rubyReader,
  dotnet: dotnetReader,
  foreign: foreignReader,
  clients: clientReader,
  packages: packageReader,
  loader: loaderReader,
} as const satisfies Record<string, FactReader<unknown, FileFact>>

type FactOf<Reader> = Reader extends FactReader<infer _, infer Fact> ? Fact : never

/** `facts` of the evidence: what the readers took, in the order of paths. */
export type FileFacts = { readonly [Name in keyof typeof FACT_READERS]: readonly FactOf<(typeof FACT_READERS)[Name]>[] }

export const NO_FACTS: FileFacts = {
  python: [],
  node: [],
  java: [],
  ruby: [],
  dotnet: [],
  foreign: [],
  clients: [],
  packages: [],
  loader: [],
}
