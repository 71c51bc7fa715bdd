import type { CorpusPackage, Install, RuntimeName } from './install.ts'
import { plainOf } from './plain-ways.ts'
import { compiledOf, drawn, installsOf, likelyOf, lostOf, shapesOf, wrongOf } from './variants.ts'

/** Options of the sweep that choose which ways to install a package are tried; none of them: all. */
export type Ways = {
  readonly shapes?: boolean | undefined
  readonly compiled?: boolean | undefined
  readonly lost?: boolean | undefined
  readonly likely?: string | undefined
  readonly wrong?: string | undefined
  readonly plain?: string | undefined
  readonly drawn?: string | undefined
}

export function installsIn(ways: Ways, wanted: CorpusPackage, runtime: RuntimeName): readonly Install[] {
  if (ways.shapes) return shapesOf(wanted, runtime)
  if (ways.likely !== undefined) return likelyOf(wanted, runtime, Number(ways.likely))
  if (ways.wrong !== undefined) return wrongOf(wanted, runtime, Number(ways.wrong))
  if (ways.plain !== undefined) return plainOf(wanted, runtime, Number(ways.plain))
  if (ways.lost) return lostOf(wanted, runtime)
  if (ways.compiled) return compiledOf(wanted, runtime)
  const installs = installsOf(wanted, runtime)
  return ways.drawn === undefined ? installs : drawn(installs, Number(ways.drawn))
}
