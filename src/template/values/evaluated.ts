/** A value with every function of CloudFormation resolved. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain }

/**
 * One reason why a value is not known. `what` stands in a sentence: "… needs the parameter `Stage`, which …".
 * `parameter`: a `template-parameters` line of that name would settle it. `resource`: it is that resource's to tell, once made.
 */
export type Unknown = {
  readonly what: string
  readonly why: string
  readonly line: number
  readonly parameter?: string
  readonly resource?: string
}

/** `absent`: `AWS::NoValue`, the property counts as not written. */
export type Evaluated = { readonly value: Plain } | { readonly absent: true } | { readonly unknown: readonly Unknown[] }

export const ABSENT: Evaluated = { absent: true }

/** What a condition comes to; unknown ones carry why. */
export type Truth = { readonly truth: boolean } | { readonly unknown: readonly Unknown[] }

export function isUnknown<T extends object>(result: T): result is Extract<T, { readonly unknown: readonly Unknown[] }> {
  return 'unknown' in result
}

/** Every reason once, in the order of the template. */
export function unknowns(results: readonly object[]): readonly Unknown[] {
  const all = results.flatMap((one) => ('unknown' in one ? (one.unknown as readonly Unknown[]) : []))
  return all.filter((one, index) => all.findIndex((other) => other.what === one.what) === index)
}

/** As CloudFormation writes a value into a text; `undefined` for lists, maps and `null`. */
export function plainText(value: Plain): string | undefined {
  return value === null || typeof value === 'object' ? undefined : String(value)
}
