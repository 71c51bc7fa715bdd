import type { Finding } from '../check.ts'
import { breaking } from '../facts/load-case.ts'
import type { NativeLoad, Need } from '../facts/native-loads.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'

/** How a load that cannot succeed is reported: an error only where nothing goes on without it. */
export function verdict(need: Need, { confidence }: RuntimeView): Pick<Finding, 'level' | 'confidence'> {
  return need === 'required' ? { level: 'error', confidence } : { level: 'warning', confidence: 'heuristic' }
}

/** What follows for the function, as the end of a message about `count` files. */
export function consequence(need: Need, because: string, count = 1, verb: 'load' | 'start' = 'load'): string {
  const [it, does] = count === 1 ? ['it', 'does'] : ['them', 'do']
  const fails = `; ${count === 1 ? 'it' : 'they'} ${does} not ${verb}`
  if (need === 'required') return `${fails} (${because})`
  if (need === 'optional') return `${fails}, and what asks for ${it} goes on without (${because})`
  return `; nothing was seen to ${verb} ${it}`
}

/** What cannot be loaded for it, where that is known of each load that something needs. */
export function breaks(loads: readonly NativeLoad[]): Pick<Finding, 'breaks'> {
  return breaking(loads.filter(({ need }) => need === 'required').map((load) => load.breaks))
}

const ORDER: Readonly<Record<Need, number>> = { required: 2, optional: 1, unused: 0 }

export function strongest(needs: readonly Need[]): Need {
  return needs.reduce<Need>((best, need) => (ORDER[need] > ORDER[best] ? need : best), 'unused')
}

/** Why a rule that asks the loader could not tell everything: the loader's open questions, the first three by name. */
export function openQuestions(open: readonly string[]): { readonly notChecked?: string } {
  const questions = [...new Set(open)].sort()
  if (questions.length === 0) return {}
  const rest = questions.length > 3 ? ` and ${questions.length - 3} more` : ''
  return { notChecked: `${questions.slice(0, 3).join('; ')}${rest}` }
}
