import type { FileEntry } from '../evidence.ts'
import { type FactReader, MOST_WANTED, sorted } from '../fact-reader.ts'
import { CLASS_HEADER, classVersion } from './class-version.ts'
import { type InflateAllowance, inflateAllowance } from './inflate-allowance.ts'
import type { JavaFile } from './java-file.ts'
import { readJar } from './read-jar.ts'

const JAR = /\.(?:jar|war|ear)$/

/** Versions of classes and native code, in jars and outside of them. */
export const javaReader: FactReader<JavaFile, JavaFile> = readerWithin(inflateAllowance())

function readerWithin(allowance: InflateAllowance): FactReader<JavaFile, JavaFile> {
  return {
    begin: () => readerWithin(inflateAllowance()),
    wants(entry) {
      if (isJar(entry)) return Math.min(entry.size, MOST_WANTED)
      return entry.path.endsWith('.class') ? CLASS_HEADER : 0
    },
    read(entry, bytes) {
      if (isJar(entry)) return readJar(entry.path, bytes, entry.size, allowance)
      const version = classVersion(bytes)
      return version === undefined ? undefined : { kind: 'class', path: entry.path, ...version }
    },
    finish: (drafts) => sorted([...drafts].map(([path, file]) => ({ ...file, path }))),
  }
}

function isJar({ path }: FileEntry): boolean {
  return JAR.test(path)
}
