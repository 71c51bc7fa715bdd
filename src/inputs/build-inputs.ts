import type { BuildSecret } from '../plan/plan.ts'
import type { InputRow } from './input-row.ts'
import { anyText, assignments, boolean, lines, matching, oneOf, type Parser, quotable, repeatedOf } from './parsers.ts'
import { imageReference } from './subject-inputs.ts'

// The forms that docker buildx takes for a Git or remote context.
const REMOTE_CONTEXT = /^(?:[a-z][a-z0-9+.-]*:\/\/|git@|github\.com\/)/i

const context = matching(
  (text) => !REMOTE_CONTEXT.test(text) && text !== '-',
  'Remote contexts are not read: check the repository out first (`actions/checkout` with `repository` and `ref`) and give its folder. Accepted: a path.',
)

const secret: Parser<BuildSecret> = (text, report) => {
  const [, id, value] = /^([^=\s"]+)=(.+)$/s.exec(text) ?? []
  if (id !== undefined && value !== undefined) return { id, value }
  report(
    'it is not `id=value`, or its value is empty (an event that does not get the secret). A value of several lines stands in double quotes with its id, `"id=…"`.',
    '',
  )
  return undefined
}

const secrets: Parser<readonly BuildSecret[]> = (text, report) => {
  const items = quotable(secret)(text, report) ?? []
  for (const repeated of repeatedOf(items.map(({ id }) => id)))
    report(`The id \`${repeated}\` is given more than once.`)
  return items
}

const named = matching(/^[^=\s]+=.+$/, 'Accepted: `name=path` or `name=reference`, one per line.')
const cache = matching(
  /^(?:[^=]+|.*\btype=.+)$/,
  'Accepted: `type=gha`, `type=registry,ref=…` and the other forms of `docker buildx build`, one per line.',
)

export const BUILD_INPUTS = {
  context: { parse: context },
  file: { parse: anyText },
  target: { parse: matching(/^\S+$/, 'Accepted: the name of one stage.') },
  'build-args': { parse: assignments(/^[A-Za-z_][\w.-]*$/, '`NAME=value`, one per line') },
  'build-contexts': { parse: quotable(named) },
  secrets: { parse: secrets, secret: true },
  ssh: { parse: lines(matching(/^[^=\s]+(?:=.+)?$/, 'Accepted: `default` or `id=socket-or-key`, one per line.')) },
  'cache-from': { parse: quotable(cache) },
  'cache-to': { parse: quotable(cache) },
  labels: { parse: quotable(matching(/^[^=\s]+(?:=.*)?$/s, 'Accepted: `name=value`, one per line.')) },
  pull: { parse: boolean },
  'no-cache': { parse: boolean },
  network: { parse: oneOf('default', 'none', 'host') },
  builder: { parse: matching(/^[\w.-]+$/, 'Accepted: the name of a buildx builder, as `docker buildx ls` lists it.') },
  'ca-bundle': { parse: anyText },
  image: { parse: imageReference },
} as const satisfies Record<string, InputRow<unknown>>
