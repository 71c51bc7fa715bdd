import type { LoadReading } from './load-reading.ts'

/** Names on the left of `= require(…)`: one, or those taken out of the module. */
export function variablesOf(reading: LoadReading, at: number): readonly string[] {
  const { tokens } = reading
  let back = at - 1
  while (
    tokens[back]?.value === '(' ||
    (tokens[back]?.type === 'name' &&
      /^(?:__toESM|__importDefault|__importStar|_interopRequire\w*|await|new)$/.test(tokens[back]?.value ?? ''))
  )
    back--
  if (tokens[back]?.value !== '=') return []
  if (tokens[back - 1]?.type === 'name') return [tokens[back - 1]?.value ?? '']
  if (tokens[back - 1]?.value !== '}') return []
  const found: string[] = []
  for (let next = back - 2; next > back - 60 && tokens[next]?.value !== '{'; next--) {
    const token = tokens[next]
    if (token?.type === 'name') found.push(token.value)
  }
  return found
}

/** Variables that are assigned what a function answers. */
export function resultsOf(reading: LoadReading, name: string): readonly string[] {
  return reading.structure.calls.flatMap((call) =>
    call.name === name && call.receiver === undefined ? variablesOf(reading, call.at) : [],
  )
}

/** `var a__default = _interopDefault(a)`. */
export function renamedModule(reading: LoadReading, open: number, close: number): void {
  const inner = close - open === 2 ? (reading.tokens[open + 1]?.value ?? '') : ''
  const loader = reading.loaders.get(inner)
  const module = reading.modules.get(inner)
  for (const name of variablesOf(reading, open - 1)) {
    if (loader !== undefined) reading.loaders.set(name, loader)
    if (module !== undefined) reading.modules.set(name, module)
  }
}
