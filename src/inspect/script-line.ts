/** Linux reads this much of a script to find its interpreter (BINPRM_BUF_SIZE). */
export const MAX_FIRST_LINE = 256

/**
 * The first line of a text that begins with `#!`, without its newline; a carriage return and a byte order mark stay,
 * since with either the kernel does not find the interpreter. `undefined` for any other text.
 */
export function scriptLine(text: string): string | undefined {
  if (!/^\uFEFF?#!/.test(text)) return undefined
  const [line = ''] = text.slice(0, MAX_FIRST_LINE).split('\n', 1)
  return line
}
