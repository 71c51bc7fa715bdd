import type { OldestStep, WindowsStep } from './python-step.ts'

/** What protoc writes at the head of a module since release 26; the name is its own too. */
export const GENERATED = '_runtime_version'

const CALL =
  /^_runtime_version\.ValidateProtobufRuntimeVersion\s*\(\s*[\w.]+\s*,\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*(?:,|\))/

/** Generated code refuses a protobuf that is older than what it was generated for ("Cross Version Runtime Guarantee"). */
export function oldestProtobuf(text: string, line: number): readonly OldestStep[] {
  const [, ...version] = CALL.exec(text) ?? []
  return version.length === 0 ? [] : [{ oldest: version.map(Number), of: 'protobuf', line }]
}

// Of the function that delvewheel puts at the head of a package and calls, in wheels for Windows alone.
const DELVEWHEEL = /^_delvewheel_(?:init_)?patch_\w+\s*\(\s*\)/

/** It asks for `os.add_dll_directory`, which Python has on Windows only. */
export function patchedForWindows(text: string, line: number): readonly WindowsStep[] {
  return DELVEWHEEL.test(text) ? [{ windows: 'os.add_dll_directory', line }] : []
}
