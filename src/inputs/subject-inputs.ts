import { parseImageReference } from '../image-reference.ts'
import { ARCHITECTURE_SPELLINGS, type Architecture, parseArchitecture } from '../lambda/architecture.ts'
import { findRuntime, nearestRuntimes, RUNTIME_IDS, type Runtime } from '../lambda/runtimes.ts'
import type { InputRow } from './input-row.ts'
import { matching, oneOf, type Parser } from './parsers.ts'
import { alternatives } from './problem.ts'

const architecture: Parser<Architecture> = (text, report) => {
  const one = parseArchitecture(text)
  if (one !== undefined) return one
  const several = text.split(/[\s,]+/).filter((item) => item !== '').length > 1
  const why = several
    ? 'Lambda runs one architecture and refuses multi-architecture images: build each in a job of its own (a matrix). '
    : ''
  report(`${why}Accepted: ${alternatives(ARCHITECTURE_SPELLINGS)}.`)
  return undefined
}

export const runtime: Parser<Runtime> = (text, report) => {
  const row = findRuntime(text)
  if (row !== undefined) return row
  const meant = nearestRuntimes(text)
  report(
    meant.length > 0
      ? `That is no Lambda runtime identifier. Did you mean ${alternatives(meant)}?`
      : `That is no Lambda runtime identifier. Accepted: ${alternatives(RUNTIME_IDS)}.`,
  )
  return undefined
}

export const imageReference = matching(
  (text) => parseImageReference(text) !== undefined,
  'Accepted: an image reference in lower case, `name:tag`, `registry/name:tag` or `registry/name@sha256:…`.',
)

export const SUBJECT_INPUTS = {
  kind: { parse: oneOf('image', 'layer') },
  architecture: { parse: architecture },
  runtime: { parse: runtime },
  'runtime-image': { parse: imageReference },
  'build-image': { parse: imageReference },
} as const satisfies Record<string, InputRow<unknown>>
