/** A line of RECORD: `path,sha256=…,size`. */
export type RecordedFile = { readonly path: string; readonly size: number }

// `pip --target` puts programs into `bin` beside the packages, other installs into the interpreter's.
const PROGRAM = /^(?:\.\.\/)*bin\/[^/]+$/
const NEARLY_ALL = 0.9

/** The program that a distribution is there for (uv, ruff, ninja): nearly all of its bytes. */
export function recordedProgram(files: readonly RecordedFile[]): string | undefined {
  const own = files.filter(({ path }) => !/^[^/]+\.dist-info\//.test(path))
  const [largest] = own.toSorted((a, b) => b.size - a.size)
  if (largest === undefined || !PROGRAM.test(largest.path)) return undefined
  const all = own.reduce((sum, { size }) => sum + size, 0)
  return largest.size > 0 && largest.size >= all * NEARLY_ALL ? largest.path : undefined
}
