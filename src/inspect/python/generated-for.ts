import type { OldestStep } from './python-step.ts'

/** What protoc writes at the head of a module since release 26; the name is its own too. */
export const GENERATED = '_runtime_version'

const CALL =
  /^_runtime_version\.ValidateProtobufRuntimeVersion\s*\(\s*[\w.]+\s*,\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*(?:,|\))/

/** Generated code refuses a protobuf that is older than what it was generated for ("Cross Version Runtime Guarantee"). */
export function oldestProtobuf(text: string, line: number): readonly OldestStep[] {
  const [, ...version] = CALL.exec(text) ?? []
  return version.length === 0 ? [] : [{ oldest: version.map(Number), of: 'protobuf', line }]
}
