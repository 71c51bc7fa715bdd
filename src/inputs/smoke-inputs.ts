import type { InputRow } from './input-row.ts'
import { jsonSource } from './json-source.ts'
import { anyText, assignments, boolean, integer, matching, oneOf, type Parser } from './parsers.ts'

/** As Lambda's API takes names of environment variables. */
export const VARIABLE_NAME = /^[A-Za-z][A-Za-z0-9_]+$/
// The emulator and the runtime take these from the smoke itself; Lambda reserves them too (configuration-envvars).
const RESERVED = /^(?:AWS_LAMBDA_\w*|_HANDLER|LAMBDA_TASK_ROOT|LAMBDA_RUNTIME_DIR)$/

/** Whether a function may not set this variable, neither on Lambda nor here. */
export function isReservedVariable(name: string): boolean {
  return RESERVED.test(name)
}

const environment: Parser<Readonly<Record<string, string>>> = (text, report) => {
  const variables = assignments(VARIABLE_NAME, '`NAME=value`, one per line')(text, report) ?? {}
  for (const name of Object.keys(variables).filter(isReservedVariable)) {
    report(`\`${name}\` is reserved by Lambda and cannot be set.`)
  }
  return variables
}

export const SMOKE_INPUTS = {
  smoke: { parse: boolean, declaredDefault: 'true' },
  'smoke-event': { parse: jsonSource, declaredDefault: '{}' },
  'smoke-expect': { parse: jsonSource },
  'smoke-suite': { parse: anyText },
  'smoke-handler': { parse: matching(/^\S{1,128}$/, 'Accepted: a handler of at most 128 characters without spaces.') },
  'smoke-env': { parse: environment, secret: true },
  'memory-size': { parse: integer(128, 10_240, 'MB') },
  timeout: { parse: integer(1, 900, 'seconds') },
  'ephemeral-storage': { parse: integer(512, 10_240, 'MB') },
  'smoke-network': { parse: oneOf('none', 'bridge'), declaredDefault: 'none' },
  'rie-path': { parse: anyText },
} as const satisfies Record<string, InputRow<unknown>>
