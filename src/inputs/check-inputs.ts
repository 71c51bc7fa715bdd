import { KNOWN_RULES } from '../checks/catalogue.ts'
import { nearestNames } from '../nearest-names.ts'
import type { IgnoreRule } from '../plan/plan.ts'
import type { InputRow } from './input-row.ts'
import { anyText, lines, oneOf, type Parser } from './parsers.ts'
import { alternatives } from './problem.ts'

/** `rule`, `rule subject-glob`, either followed by ` # reason`. */
const ignoreRule: Parser<IgnoreRule> = (text, report) => {
  const [, rule = '', glob, reason] = /^(\S+)(?:\s+(?!#)(\S.*?))?(?:\s+#\s*(.*))?$/.exec(text) ?? []
  if (!KNOWN_RULES.includes(rule)) {
    const meant = nearestNames(rule, KNOWN_RULES)
    const hint = meant.length === 0 ? 'The README lists the rules.' : `Did you mean ${alternatives(meant)}?`
    report(`\`${rule}\` is no rule. ${hint}`)
    return undefined
  }
  return { rule, ...(glob === undefined ? {} : { glob }), reason: reason || 'ignored by input' }
}

export const CHECK_INPUTS = {
  'fail-on': { parse: oneOf('error', 'warning', 'never'), declaredDefault: 'error' },
  ignore: { parse: lines(ignoreRule) },
  baseline: { parse: anyText },
} as const satisfies Record<string, InputRow<unknown>>
