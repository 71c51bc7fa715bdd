// Renews the tables of docs/corpus.md: tries every artifact of the committed corpora in the lab. What was tried before is
// taken from the lab's cache. With --check nothing is tried: it only says whether every artifact has its row, and exits with 1.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ARTIFACTS } from '../__tests__/corpus/artifacts.ts'
import { outOfStep, tables } from '../__tests__/corpus/corpus-table.ts'
import { runArtifacts } from '../__tests__/corpus/run-artifacts.ts'

const FILE = fileURLToPath(new URL('../docs/corpus.md', import.meta.url))
const [BEGIN, END] = ['<!-- begin: tables -->\n', '<!-- end: tables -->']
const text = readFileSync(FILE, 'utf8')

if (process.argv.includes('--check')) {
  const problems = outOfStep(text, ARTIFACTS)
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) {
    console.error('Run `node scripts/node24.mjs scripts/corpus-table.ts` and commit docs/corpus.md.')
    process.exitCode = 1
  }
} else {
  const made = tables(await runArtifacts(ARTIFACTS))
  const now = readFileSync(FILE, 'utf8')
  writeFileSync(FILE, `${now.split(BEGIN)[0]}${BEGIN}${made}${END}${now.split(END)[1]}`)
}
