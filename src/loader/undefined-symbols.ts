import type { UndefinedSymbol } from './load-result.ts'
import type { Member } from './member.ts'

/** Strong symbols of the new objects that no object of the process defines. */
export function undefinedSymbols(_before: readonly Member[], _added: readonly Member[]): readonly UndefinedSymbol[] {
  return []
}
