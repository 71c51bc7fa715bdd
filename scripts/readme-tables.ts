// Writes README's tables of inputs and outputs from action.yml, between their markers; with --check it only says
// whether they are in step, and exits with 1 when they are not.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

type ActionFile = {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>
  readonly outputs: Readonly<Record<string, { readonly description: string }>>
}

/** README with both tables written anew. Throws when a pair of markers is missing. */
export function withTables(readme: string, action: ActionFile): string {
  const inputs = Object.entries(action.inputs).map(([name, input]) => [`\`${name}\``, ...defaultAndMeaning(input)])
  const outputs = Object.entries(action.outputs).map(([name, { description }]) => [`\`${name}\``, description])
  const once = between(readme, 'inputs', table(['input', 'default', 'meaning'], inputs))
  return between(once, 'outputs', table(['output', 'meaning'], outputs))
}

// A default that action.yml may not declare is the last sentence of the description.
function defaultAndMeaning({ description, default: declared }: ActionFile['inputs'][string]): [string, string] {
  const [, meaning, words] = /^(.*?)\s*Default (.*)\.$/s.exec(description.trim()) ?? []
  if (declared !== undefined) return [`\`${declared}\``, description]
  return words === undefined ? ['', description] : [words, meaning ?? '']
}

function between(text: string, marker: string, content: string): string {
  const [start, end] = [`<!-- ${marker} -->`, `<!-- /${marker} -->`]
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`README.md lacks the markers ${start} and ${end}`)
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.trim().replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}

function main(args: readonly string[]): void {
  const path = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url))
  const readme = readFileSync(path('README.md'), 'utf8')
  const written = withTables(readme, parse(readFileSync(path('action.yml'), 'utf8')) as ActionFile)
  if (written === readme) return
  if (args.includes('--check')) {
    console.error('README.md is out of step with action.yml: run `npm run docs` and commit the result.')
    process.exitCode = 1
  } else {
    writeFileSync(path('README.md'), written)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2))
