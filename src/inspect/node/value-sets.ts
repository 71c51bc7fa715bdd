/** What an expression may name, each with `${platform}`, `${arch}`, `${abi}` and `*` for what is not known. */
export type Values = readonly string[]

const MOST_VALUES = 12

/** What a text made of several parts may be. */
export function product(parts: readonly Values[]): Values {
  return parts.reduce<readonly string[]>(
    (heads, values) => limited(heads.flatMap((head) => values.map((value) => head + value))),
    [''],
  )
}

export function limited(values: Values): Values {
  return [...new Set(values)].slice(0, MOST_VALUES)
}
