import type { Level } from '../checks/check.ts'
import { chainDiagram } from './chain-diagram.ts'
import { type ChainNode, chainForest, treeLines } from './chain-tree.ts'
import { advice, code, fenced, message, plain, prose, shorten } from './escape.ts'
import type { ReportedFinding } from './report.ts'
import { snippetLanguage } from './snippet-language.ts'

const LONGEST_TITLE = 300
const LONGEST_TEXT = 1_500
const LONGEST_NAME = 300
const LONGEST_SNIPPET = 4_000
const EXAMPLES = 5
/** Shorter ones, as `0700`, are what the list is for. */
const SHORTEST_CLAUSE = 20

export const LEVEL_ICON: Readonly<Record<Level, string>> = { error: '❌', warning: '⚠️', note: 'ℹ️' }

/**
 * One finding in full: what, where, expected, actual, the chain that breaks, and a fix that can be pasted; where that of an
 * error before it mends this one too, its number.
 */
export function findingSection(finding: ReportedFinding, title: string, mendedBy?: number): string {
  const { expected, actual, examples } = finding
  const [what, more] = sentences(finding.message)
  const forest = chainForest(examples)
  const found = actual === undefined ? '' : unsaid(actual, finding.message) || actual
  const facts = [
    `- where: ${where(finding)}`,
    ...(expected === undefined ? [] : [`- expected: ${text(expected)}`]),
    ...(found === '' ? [] : [`- actual: ${text(found)}`]),
  ]
  return [
    `**${title} ${what}** (${meta(finding)})`,
    ...(more === '' ? [] : [more]),
    ...chains(forest),
    [...facts, ...(forest.length === 0 ? exampleItems(finding) : [])].join('\n'),
    mendedBy === undefined ? helpSection(finding.help) : `Fix: that of error ${mendedBy} mends this one too.`,
  ]
    .filter((block) => block !== '')
    .join('\n\n')
}

/** Chains as a tree, or, where several meet and the tree repeats itself, as a picture with the tree below it. */
function chains(forest: readonly ChainNode[]): readonly string[] {
  if (forest.length === 0) return []
  const tree = fenced(treeLines(forest), 'text')
  const diagram = chainDiagram(forest)
  if (diagram === '') return [tree]
  return [fenced(diagram, 'mermaid'), `<details><summary>The same as text</summary>\n\n${tree}\n\n</details>`]
}

/** What of a text the message has not said already, clause by clause. */
function unsaid(whole: string, message: string): string {
  const said = message.toLowerCase()
  return clauses(whole)
    .filter((clause) => clause.length < SHORTEST_CLAUSE || !said.includes(clause.toLowerCase()))
    .join('; ')
}

/** The same as one item of a list: what, and the sentence of its fix. */
export function findingLine(finding: ReportedFinding): string {
  const ignored = finding.ignored === undefined ? '' : ` – ignored: ${prose(shorten(finding.ignored, LONGEST_NAME))}`
  const [sentence = ''] = finding.help.split('\n')
  const fix = sentence.trim() === '' ? '' : `<br>Fix: ${advice(shorten(sentence, LONGEST_TITLE))}`
  return `- ${LEVEL_ICON[finding.level]} ${message(shorten(finding.message, LONGEST_TITLE))} (${meta(finding)})${ignored}${fix}`
}

/** What a finding is at least: its rule and where. */
export function findingName(finding: ReportedFinding): string {
  return `- ${LEVEL_ICON[finding.level]} ${code(finding.rule)} ${code(shorten(finding.subject, 80))}`
}

/** The first line of `help` is a sentence; what follows it is a snippet to paste. */
export function helpSection(help: string): string {
  const [sentence = '', ...lines] = help.split('\n')
  const snippet = plain(lines.join('\n').replace(/^\n+/, ''))
  const fix = sentence.trim() === '' ? '' : `Fix: ${advice(shorten(sentence, LONGEST_TEXT))}`
  if (snippet.trim() === '') return fix
  // Half of a snippet is worse than none.
  const paste =
    snippet.length > LONGEST_SNIPPET
      ? 'The snippet is too long to be shown here; it stands in report.json.'
      : fenced(snippet, snippetLanguage(snippet))
  return [fix, paste].filter((block) => block !== '').join('\n')
}

/** The first clause says what; what follows the semicolons explains it. Neither parentheses nor code are cut apart. */
function sentences(whole: string): [what: string, more: string] {
  const [first = '', ...rest] = clauses(shorten(plain(whole), LONGEST_TEXT))
  if (first.length > LONGEST_TITLE)
    return [message(shorten(first, LONGEST_TITLE)), message(`…${[first.slice(LONGEST_TITLE - 1), ...rest].join('; ')}`)]
  const more = rest.join('; ')
  return [message(first), more === '' ? '' : `${message(more.replace(/^[a-z]/, (letter) => letter.toUpperCase()))}.`]
}

function clauses(whole: string): string[] {
  const parts = ['']
  let depth = 0
  let isCode = false
  for (const piece of whole.split(/(; |[`()])/)) {
    if (piece === '`') isCode = !isCode
    else if (!isCode && piece === '(') depth++
    else if (!isCode && piece === ')') depth = Math.max(0, depth - 1)
    if (piece === '; ' && depth === 0 && !isCode) parts.push('')
    else parts[parts.length - 1] += piece
  }
  return parts
}

function text(whole: string): string {
  return message(shorten(whole, LONGEST_TEXT))
}

function meta({ rule, level, confidence, status, confirmedBy = [] }: ReportedFinding): string {
  const known = level === 'warning' && confirmedBy.length > 0 ? 'proven by the smoke' : confidence
  return [code(rule), known, ...(status === undefined ? [] : [status])].join(', ')
}

/** Place, package, and the line that brought it in, as editors and terminals write it: `Dockerfile:12`. */
function where({ subject, count, owner, location, examples }: ReportedFinding): string {
  const named = code(shorten(subject, LONGEST_NAME)) || 'unnamed'
  // A folder stands for what lies in it, and is none of that.
  const more = examples.includes(subject) ? ` and ${count - 1} more` : ` (${count} places)`
  return [
    count > 1 ? `${named}${more}` : named,
    ...(owner === undefined ? [] : [code(shorten(owner, LONGEST_NAME))]),
    ...(location === undefined ? [] : [code(`${shorten(location.file, LONGEST_NAME)}:${location.line}`)]),
  ].join(', ')
}

function exampleItems(finding: ReportedFinding): string[] {
  const { examples, subject, count, message, expected = '', actual = '', help } = finding
  const said = `${message} ${expected} ${actual}`
  const others = examples
    .filter((example) => example !== subject && (count > 1 || !said.includes(example)) && !help.includes(example))
    .map((example) => code(shorten(example, LONGEST_NAME)))
  const shown = others.filter((example) => example !== '').slice(0, EXAMPLES)
  if (shown.length === 0) return []
  const more = count > shown.length && others.length >= shown.length ? ` of ${count}` : ''
  const label = /\babsent$/.test(actual) ? 'missing' : 'found'
  return [`- ${label}${more === '' ? '' : ` (${shown.length}${more})`}: ${shown.join(', ')}`]
}
