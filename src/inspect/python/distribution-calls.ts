import { ownValue } from '../../own-value.ts'
import type { PythonStep } from './python-step.ts'

/** `importlib.metadata.version("duckdb")` and the like, of a name that stands there or is the module's own. */
export const DISTRIBUTION_CALL =
  /(?<![\w.])((?:\w+\.)*(?:_*\w*(?:version|metadata|distribution)))\s*\(\s*(?:["']([A-Za-z][\w.-]*)["']|(__name__|__package__|__spec__\.parent)(?:\s+or\s+__name__)?(\.(?:split|partition)\([^()]*\)\[0\])?)\s*,?\s*\)/

const ASKING = ['importlib', 'pkg_resources'].map((name) => Buffer.from(name))
const MODULES = new Set(['importlib.metadata', 'importlib_metadata', 'pkg_resources'])
const FUNCTIONS = new Set(['version', 'metadata', 'distribution', 'get_distribution'])

/** True when the file may ask for the metadata of a distribution: others are not searched for it. */
export function asksForDistributions(source: Buffer): boolean {
  return ASKING.some((name) => source.includes(name))
}

/** The call in a statement; whose function it is nobody knows yet. */
export function distributionSteps(text: string, line: number): readonly PythonStep[] {
  if (/\blambda\b/.test(text)) return []
  const [, through = '', literal, own, first] = DISTRIBUTION_CALL.exec(text) ?? []
  if (literal === undefined && own === undefined) return []
  const name = literal ?? (first === undefined ? (own === '__name__' ? '__name__' : '__package__') : '__top__')
  return [{ distribution: name, line, through }]
}

/** What the names of a module stand for, as far as its imports bind functions that look distributions up. */
export type DistributionNames = { add(step: PythonStep): void; isLookUp(through: string): boolean }

export function distributionNames(): DistributionNames {
  const bound = new Map<string, string>()
  return {
    add(step) {
      if ('import' in step) {
        if (MODULES.has(step.import)) bound.set(step.as ?? step.import, step.import)
      } else if ('from' in step) {
        for (const name of step.names) {
          const full = `${step.from}.${name}`
          if (MODULES.has(full) || (MODULES.has(step.from) && FUNCTIONS.has(name)))
            bound.set(ownValue(step.as, name) ?? name, full)
        }
      }
    },
    isLookUp(through) {
      const at = through.lastIndexOf('.')
      const whole = bound.get(through)
      if (whole !== undefined) return !MODULES.has(whole)
      return at !== -1 && FUNCTIONS.has(through.slice(at + 1)) && bound.has(through.slice(0, at))
    },
  }
}
