import { ARCHITECTURE_SPELLINGS, type Architecture, parseArchitecture } from '../lambda/architecture.ts'
import type { Runtime } from '../lambda/runtimes.ts'
import { LAYER_NAME } from './aws-names.ts'
import type { InputRow } from './input-row.ts'
import { anyText, commaSeparated, matching, type Parser } from './parsers.ts'
import { alternatives } from './problem.ts'
import { runtime } from './subject-inputs.ts'

// Of Lambda's API model, PublishLayerVersion.
const MOST_RUNTIMES = 15

const layerRuntime: Parser<Runtime> = (text, report) => {
  const row = runtime(text, report)
  if (row?.imageOnly !== true) return row
  report('That exists as a base image only: no function of it can mount a layer.')
  return undefined
}

const runtimes: Parser<readonly Runtime[]> = (text, report) => {
  const rows = commaSeparated(layerRuntime)(text, report)
  if (rows !== undefined && rows.length > MOST_RUNTIMES) report(`Accepted: at most ${MOST_RUNTIMES} runtimes.`, '')
  return rows
}

const architecture: Parser<Architecture> = (text, report) => {
  const one = parseArchitecture(text)
  if (one === undefined) report(`Accepted: ${alternatives(ARCHITECTURE_SPELLINGS)}.`)
  return one
}

const architectures: Parser<readonly Architecture[]> = (text, report) => {
  const items = commaSeparated(architecture)(text, report)
  return items === undefined ? undefined : [...new Set(items)]
}

const layerName: Parser<string> = (text, report) => {
  if (LAYER_NAME.test(text)) return text
  report(
    'Accepted: the name of a layer (letters, digits, `-` and `_`), or its ARN without a version, `arn:aws:lambda:eu-west-1:123456789012:layer:name`; at most 140 characters.',
  )
  return undefined
}

export const LAYER_INPUTS = {
  'layer-source': { parse: anyText },
  'layer-path': { parse: anyText },
  'build-command': { parse: anyText },
  'layer-name': { parse: layerName },
  'layer-description': { parse: matching(/^.{1,256}$/s, 'Accepted: at most 256 characters.') },
  'license-info': {
    parse: matching(/^.{1,512}$/s, 'Accepted: an SPDX identifier, a URL or the text, at most 512 characters.'),
  },
  'compatible-runtimes': { parse: runtimes },
  'compatible-architectures': { parse: architectures },
  's3-bucket': {
    parse: matching(
      /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
      'Accepted: the name of a bucket alone, 3 to 63 lower-case letters, digits, `.` and `-`.',
    ),
  },
  's3-prefix': {
    parse: matching(
      /^(?!\/)[^\\\n\r]{1,900}$/,
      'Accepted: the beginning of a key, at most 900 characters, without a slash in front.',
    ),
  },
} as const satisfies Record<string, InputRow<unknown>>
