// Writes what is generated about rules: README's table, the list in docs/rules/README.md, the head of every rule's page
// and, for a new rule, a page to fill in. With --check it only names what is out of step, and exits with 1.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CATALOGUE, type CatalogueEntry } from '../src/checks/catalogue.ts'
import { CHECKS } from '../src/checks/index.ts'

export const PAGE_SECTIONS = ['What it means', 'Why it breaks', 'How to fix it', 'False alarms'] as const

// A failed smoke case is a finding that the smoke makes.
const BUILT = new Set(['smoke', ...CHECKS.map(({ id }) => id)])

/** A rule's page with its head written anew; without a page the skeleton of one. */
export function rulePage({ id, finds }: CatalogueEntry, page = ''): string {
  const body = page.slice(Math.max(0, page.indexOf(`## ${PAGE_SECTIONS[0]}`)))
  const sections = body === '' ? PAGE_SECTIONS.map((title) => `## ${title}\n`).join('\n') : body
  return `# ${id}\n\nFinds ${finds}.\n\n${sections}`
}

/** README with the table of built rules between its markers. Throws when they are missing. */
export function withRules(readme: string): string {
  const [start, end] = ['<!-- rules -->', '<!-- /rules -->']
  const [from, to] = [readme.indexOf(start), readme.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`README.md lacks the markers ${start} and ${end}`)
  const rows = CATALOGUE.filter(({ id }) => BUILT.has(id)).map(
    ({ id, finds }) => `| ${link(id, 'docs/rules/')} | ${finds} |`,
  )
  return `${readme.slice(0, from + start.length)}\n| rule | finds |\n|---|---|\n${rows.join('\n')}\n${readme.slice(to)}`
}

/** The list of every rule that `ignore` knows. */
export function ruleList(): string {
  const rows = CATALOGUE.map(
    ({ id, finds }) => `| ${link(id, '')} | ${finds} | ${BUILT.has(id) ? 'built' : 'planned'} |`,
  )
  return `# Rules\n\nEvery rule that \`ignore\` knows, also those that are not built yet.\n\n| rule | finds | |\n|---|---|---|\n${rows.join('\n')}\n`
}

function link(id: string, folder: string): string {
  return CHECKS.some((check) => check.id === id) ? `[\`${id}\`](${folder}${id}.md)` : `\`${id}\``
}

function main(args: readonly string[]): void {
  const root = fileURLToPath(new URL('../', import.meta.url))
  const read = (name: string) => (existsSync(root + name) ? readFileSync(root + name, 'utf8') : '')
  const pages = CATALOGUE.filter(({ id }) => CHECKS.some((check) => check.id === id))
  const wanted: readonly (readonly [name: string, text: string])[] = [
    ['README.md', withRules(read('README.md'))],
    ['docs/rules/README.md', ruleList()],
    ...pages.map((rule) => [`docs/rules/${rule.id}.md`, rulePage(rule, read(`docs/rules/${rule.id}.md`))] as const),
  ]
  const stale = wanted.filter(([name, text]) => read(name) !== text)
  if (stale.length === 0) return
  if (args.includes('--check')) {
    console.error(
      `Out of step with the rules: ${stale.map(([name]) => name).join(', ')}. Run \`npm run docs\` and commit.`,
    )
    process.exitCode = 1
    return
  }
  mkdirSync(`${root}docs/rules`, { recursive: true })
  for (const [name, text] of stale) writeFileSync(root + name, text)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2))
