import type { InputRow } from './input-row.ts'
import { anyText, assignments, matching } from './parsers.ts'

// CloudFormation's names of parameters, and of the pseudo parameters that can be given like them.
const PARAMETER_NAME = /^(?:AWS::)?[A-Za-z0-9]+$/

export const TEMPLATE_INPUTS = {
  template: { parse: anyText },
  resource: {
    parse: matching(
      /^[^\s]{1,1000}$/,
      'Accepted: the logical id of a function or layer; in a CDK assembly also its construct id or path.',
    ),
  },
  // Values may be secret: which are, only the template tells.
  'template-parameters': { parse: assignments(PARAMETER_NAME, '`NAME=value`, one per line'), secret: true },
} as const satisfies Record<string, InputRow<unknown>>
