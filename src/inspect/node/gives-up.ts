import type { Draft, LoadReading } from './load-reading.ts'
import { resultsOf, variablesOf } from './load-variables.ts'

const TRIED = /\.node$|\$\{|\*|(?:linux|darwin|win32|wasm32|binding|native)/i

/** It throws after what it tried, unconditionally or where what it looked for is not there. */
export function givesUp(reading: LoadReading): boolean {
  const { run } = reading
  const tried = reading.drafts.filter(isTried)
  if (tried.length === 0) return false
  const variables = new Set(
    tried.flatMap(({ at }) => [
      ...variablesOf(reading, at),
      ...(reading.structure.functions[run.placeAt(at).within]?.names ?? []),
    ]),
  )
  const results = new Set([...variables].flatMap((name) => [name, ...resultsOf(reading, name)]))
  const asks = (condition: string): boolean =>
    /binding|native|addon|load_?err|missing/i.test(condition) ||
    (condition.match(/[\w$]+/g) ?? []).some((word) => results.has(word))
  return run.thrown.some(
    ({ at, place, conditions }) =>
      conditions.some(asks) ||
      (conditions.every((one) => one === '') &&
        tried.some((one) => one.at < at && run.placeAt(one.at).within === place.within)),
  )
}

function isTried({ kind, argument }: Draft): boolean {
  return (kind !== 'require' && kind !== 'import') || TRIED.test(argument)
}
