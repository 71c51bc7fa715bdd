import * as v from 'valibot'
import type { Files } from '../../ports/files.ts'
import { UnusableAssembly } from './unusable-assembly.ts'

// A manifest with the metadata of thousands of constructs has a few MB.
const LARGEST_FILE = 64 * 1024 * 1024

type Schema<T> = v.GenericSchema<unknown, T>

/** A JSON file of an assembly as its schema describes it. Rejects with UnusableAssembly. */
export async function readAssemblyFile<T>(path: string, schema: Schema<T>, files: Files): Promise<T> {
  const text = await readAssemblyText(path, files)
  const parsed = v.safeParse(schema, jsonOf(path, text))
  if (parsed.success) return parsed.output
  const [{ path: at = [], message }] = parsed.issues
  const member = at.map(({ key }) => String(key)).join('.')
  throw new UnusableAssembly(`In \`${path}\`: ${member === '' ? '' : `\`${member}\`: `}${message}. ${NOT_OF_CDK}`)
}

/** The text of a file of an assembly; rejects with UnusableAssembly when there is none, or it is larger than `most` bytes. */
export async function readAssemblyText(path: string, files: Files, most = LARGEST_FILE): Promise<string> {
  if ((await files.kind(path)) !== 'file') throw new UnusableAssembly(`There is no file \`${path}\`. ${SYNTH_AGAIN}`)
  const start = await files.readStart(path, most + 1)
  if ((start?.length ?? 0) > most) throw new UnusableAssembly(`\`${path}\` is larger than ${most / 1024 / 1024} MB.`)
  return new TextDecoder().decode(start)
}

export function jsonOf(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UnusableAssembly(`\`${path}\` is no JSON: ${error instanceof Error ? error.message : String(error)}.`)
  }
}

export const SYNTH_AGAIN = 'Is the assembly whole? Run `cdk synth` in a step before this one, in the same job.'
const NOT_OF_CDK = 'Accepted: a cloud assembly of AWS CDK version 2.'
