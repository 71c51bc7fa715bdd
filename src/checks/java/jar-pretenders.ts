import type { JarNative } from '../../inspect/java/java-file.ts'
import { type Pretence, pretence } from '../facts/pretence.ts'
import { code } from '../facts/wording.ts'

/** What lies in a jar in place of a library for Linux; `undefined`: native code, if only of a system with another format. */
function pretenceOf({ size, head }: JarNative): Pretence | undefined {
  if (size === undefined || head === undefined) return undefined
  const { kind, what } = pretence(size, head)
  return kind === 'text' || kind === 'link' ? undefined : { kind, what }
}

export function isPretender(native: JarNative): boolean {
  return pretenceOf(native) !== undefined
}

export function isUnfetched(natives: readonly JarNative[]): boolean {
  return natives.some((native) => pretenceOf(native)?.kind === 'lfs')
}

/** Why there is no library, for behind the words that say so: ` (`libapp.so` is empty)`. */
export function inPlace(natives: readonly JarNative[]): string {
  const [first] = natives.flatMap((native) => {
    const found = pretenceOf(native)
    return found === undefined ? [] : [`${code(native.name)} ${found.what}`]
  })
  return first === undefined ? '' : ` (${first})`
}
