type Version = readonly [number, number, number]

/** True when a version satisfies a range of npm (`^18 || >=20.9 <23`); `undefined`: the range cannot be read. */
export function satisfies(version: string, range: string): boolean | undefined {
  const own = parse(version)
  if (own === undefined) return undefined
  const alternatives = range.split('||').map((one) => comparators(one.trim()))
  if (alternatives.some((one) => one === undefined)) return undefined
  return alternatives.some((all) => all?.every(([low, high]) => compare(own, low) >= 0 && compare(own, high) < 0))
}

type Interval = readonly [Version, Version]
const LOWEST: Version = [0, 0, 0]
const HIGHEST: Version = [Number.MAX_SAFE_INTEGER, 0, 0]

function comparators(text: string): readonly Interval[] | undefined {
  if (text === '' || text === '*' || text === 'x' || text === 'latest') return [[LOWEST, HIGHEST]]
  const [, from, to] = /^(\S+)\s+-\s+(\S+)$/.exec(text) ?? []
  if (from !== undefined && to !== undefined) return comparators(`>=${from} <=${to}`)
  const parts = text
    .replace(/([<>=~^]+)\s+/g, '$1')
    .split(/\s+/)
    .map(interval)
  return parts.some((one) => one === undefined) ? undefined : (parts as readonly Interval[])
}

function interval(text: string): Interval | undefined {
  const [, operator = '', major, minor, patch] =
    /^([<>=~^]*)v?(\d+)(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(?:[-+].*)?$/.exec(text) ?? []
  if (major === undefined) return undefined
  const numbers = [major, minor, patch].map((part) =>
    part === undefined || /[xX*]/.test(part) ? undefined : Number(part),
  )
  const [a = 0, b, c] = numbers
  const low: Version = [a, b ?? 0, c ?? 0]
  const next: Version = b === undefined ? [a + 1, 0, 0] : c === undefined ? [a, b + 1, 0] : [a, b, c + 1]
  switch (operator) {
    case '':
    case '=':
      return [low, next]
    case '>=':
      return [low, HIGHEST]
    case '>':
      return [next, HIGHEST]
    case '<':
      return [LOWEST, low]
    case '<=':
      return [LOWEST, next]
    case '~':
    case '~>':
      return [low, b === undefined ? [a + 1, 0, 0] : [a, b + 1, 0]]
    case '^':
      return [low, a > 0 || b === undefined ? [a + 1, 0, 0] : b > 0 ? [0, b + 1, 0] : [0, 0, (c ?? 0) + 1]]
    default:
      return undefined
  }
}

function parse(version: string): Version | undefined {
  const [, a, b = '0', c = '0'] = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(version) ?? []
  return a === undefined ? undefined : [Number(a), Number(b), Number(c)]
}

function compare(left: Version, right: Version): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2]
}
