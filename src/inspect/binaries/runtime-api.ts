import type { ByteWindows } from '../byte-windows.ts'
import type { ElfFile } from '../evidence.ts'

/** The variable that tells a runtime where Lambda's Runtime API is (AWS Lambda developer guide, "Custom runtimes"). */
export const RUNTIME_API = 'AWS_LAMBDA_RUNTIME_API'

const EXECUTABLE = 2
const SHARED = 3
// .NET's ahead-of-time compiler keeps strings as UTF-16.
const FORMS = [Buffer.from(RUNTIME_API, 'latin1'), Buffer.from(RUNTIME_API, 'utf16le')]

/**
 * True for a program that holds the variable's name: Go, Rust, C++ and .NET link their runtime interface client in.
 * Libraries are not searched: what they could tell, the program that starts does not need them for. Of a program above
 * 128 MB only what was kept is searched.
 */
export function holdsRuntimeApi({ type, soname, interpreter }: ElfFile, mode: number, file: ByteWindows): boolean {
  const isProgram = type === EXECUTABLE || (type === SHARED && (interpreter !== undefined || soname === undefined))
  if (!isProgram || (mode & 0o111) === 0) return false
  return file.windows.some(({ bytes }) => FORMS.some((form) => bytes.includes(form)))
}
