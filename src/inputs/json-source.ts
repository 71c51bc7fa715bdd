import type { Parser } from './parsers.ts'

/** A JSON value written in the workflow, or the path of a file that holds one. `given` is the input's text. */
export type JsonSource = { readonly given: string } & ({ readonly json: unknown } | { readonly path: string })

/** JSON text or a path: whatever is not JSON and does not look like it is a path. */
export const jsonSource: Parser<JsonSource> = (given, report) => {
  try {
    return { given, json: JSON.parse(given) }
  } catch (error) {
    if (!/^[{["]|[\r\n]/.test(given)) return { given, path: given }
    report(`It looks like JSON, but ${jsonComplaint(error)}. Accepted: JSON text, or the path of a JSON file.`)
    return undefined
  }
}

/** What JSON.parse says is wrong, as half a sentence. */
export function jsonComplaint(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/^./, (first) => first.toLowerCase())
}
