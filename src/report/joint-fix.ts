import { fenced, plain } from './escape.ts'
import type { ReportedFinding } from './report.ts'
import { snippetLanguage } from './snippet-language.ts'
import { count } from './verdict.ts'

/** Commands that take any number of what their last word names: one of them does what several do apart. */
const TAKES_SEVERAL = /^(?:RUN )?(?:pip install|npm install|npm rebuild|dnf install|microdnf install|chmod) .*\S$/
/** Of these it is all that follows the folder and its options. */
const INTO_FOLDER = /^(?:RUN )?pip install .*--target \S+(?: --\S+)*(?= )/

/**
 * The commands that mend several of these at once, with the numbers of what they mend, from 1: packages that were
 * installed for another system are wrong one by one and have one cause. What is only warned about is mended by the way.
 */
export function jointFixes(
  told: readonly Pick<ReportedFinding, 'help'>[],
  warnings: readonly Pick<ReportedFinding, 'help'>[] = [],
): readonly string[] {
  const groups = new Map<string, Group>()
  for (const [index, { help }] of told.entries()) {
    const one = onlyCommand(help)
    if (one === undefined) continue
    const group = groups.get(one.command) ?? { numbers: [], comments: new Set(), operands: new Set(), warned: 0 }
    groups.set(one.command, group)
    group.numbers.push(index + 1)
    take(one, group)
  }
  for (const { help } of warnings) {
    const one = onlyCommand(help)
    const group = groups.get(one?.command ?? '')
    if (one === undefined || group === undefined || one.operands.every((operand) => group.operands.has(operand)))
      continue
    take(one, group)
    group.warned++
  }
  return [...groups]
    .filter(([, { numbers, warned, operands }]) => numbers.length + warned > 1 && operands.size > 1)
    .map(([command, { numbers, comments, operands, warned }]) => {
      const whole = [...comments, `${command} ${[...operands].join(' ')}`].join('\n')
      const others = warned === 0 ? [] : [count(warned, 'warning')]
      return `Fix ${listed([...numbers.map(String), ...others])} at once:\n${fenced(whole, snippetLanguage(whole))}`
    })
}

type Group = {
  readonly numbers: number[]
  readonly comments: Set<string>
  readonly operands: Set<string>
  warned: number
}

type Command = { readonly command: string; readonly operands: readonly string[]; readonly comments: readonly string[] }

function take({ comments, operands }: Command, into: Group): void {
  for (const comment of comments) into.comments.add(comment)
  for (const operand of operands) into.operands.add(operand)
}

/** The command below the advice, where it is one that takes several and only comments stand beside it. */
function onlyCommand(help: string): Command | undefined {
  const [, ...lines] = plain(help).trim().split('\n')
  const isComment = (line: string) => line.startsWith('# ')
  const [line = '', ...others] = lines.filter((one) => one.trim() !== '' && !isComment(one))
  // What is quoted, or goes on with another command, has no words that could be taken off.
  if (others.length > 0 || !TAKES_SEVERAL.test(line) || /['"`$<>|;&#\\]/.test(line)) return undefined
  const command = INTO_FOLDER.exec(line)?.[0] ?? line.slice(0, line.lastIndexOf(' '))
  return { command, operands: line.slice(command.length + 1).split(' '), comments: lines.filter(isComment) }
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
