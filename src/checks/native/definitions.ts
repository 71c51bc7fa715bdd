import { definesHash, symbolHash } from '../../inspect/symbol-table.ts'
import type { Architecture } from '../../lambda/architecture.ts'
import { nativeness } from '../facts/machine.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'

/** Whether any native file of the whole system defines a symbol: then another load may bring it. */
export function definitionsIn({ tree }: RuntimeView, architecture: Architecture) {
  const known = new Map<string, boolean>()
  return {
    /** False also when the symbols of some file were not read. */
    isNowhere(symbol: string): boolean {
      const answer = known.get(symbol) ?? isNowhere(symbol)
      known.set(symbol, answer)
      return answer
    },
  }

  function isNowhere(symbol: string): boolean {
    const hash = symbolHash(symbol)
    for (const file of tree.elf.values()) {
      if (nativeness(file, architecture) !== 'native') continue
      if (file.partial !== undefined || definesHash(file, hash)) return false
    }
    return true
  }
}
