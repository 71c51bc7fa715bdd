import { fenced, plain } from './escape.ts'
import type { ReportedFinding } from './report.ts'
import { snippetLanguage } from './snippet-language.ts'

/** Commands that take any number of what their last word names: one of them does what several do apart. */
const TAKES_SEVERAL = /^(?:RUN )?(?:pip install|npm install|npm rebuild|dnf install|microdnf install|chmod) .*\S$/

/**
 * The commands that mend several of these at once, with the numbers of what they mend, from 1: packages that were
 * installed for another system are wrong one by one and have one cause.
 */
export function jointFixes(told: readonly ReportedFinding[]): readonly string[] {
  const groups = new Map<string, { readonly numbers: number[]; readonly operands: Set<string> }>()
  for (const [index, { help }] of told.entries()) {
    const command = onlyCommand(help)
    if (command === undefined) continue
    const at = command.lastIndexOf(' ')
    const group = groups.get(command.slice(0, at)) ?? { numbers: [], operands: new Set() }
    groups.set(command.slice(0, at), group)
    group.numbers.push(index + 1)
    group.operands.add(command.slice(at + 1))
  }
  return [...groups]
    .filter(([, { operands }]) => operands.size > 1)
    .map(([command, { numbers, operands }]) => {
      const whole = `${command} ${[...operands].join(' ')}`
      return `Fix ${listed(numbers)} at once:\n${fenced(whole, snippetLanguage(whole))}`
    })
}

/** The command below the advice, where it is one that takes several and nothing stands beside it. */
function onlyCommand(help: string): string | undefined {
  const [, ...lines] = plain(help).trim().split('\n')
  const [command = '', ...others] = lines.filter((line) => line.trim() !== '')
  // What is quoted, or goes on with another command, has no last word that could be taken off.
  return others.length === 0 && TAKES_SEVERAL.test(command) && !/['"`$<>|;&#\\]/.test(command) ? command : undefined
}

function listed(numbers: readonly number[]): string {
  return `${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`
}
