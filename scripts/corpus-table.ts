// Writes docs/corpus.md: tries every artifact of the committed corpora in the lab. With --check it only says whether the
// page is out of step, and exits with 1. What was tried before is taken from the lab's cache.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ARTIFACTS } from '../__tests__/corpus/artifacts.ts'
import { page } from '../__tests__/corpus/corpus-table.ts'
import { runArtifacts } from '../__tests__/corpus/run-artifacts.ts'

const FILE = fileURLToPath(new URL('../docs/corpus.md', import.meta.url))
const wanted = page(await runArtifacts(ARTIFACTS))
if (existsSync(FILE) && readFileSync(FILE, 'utf8') === wanted) console.log('docs/corpus.md is up to date')
else if (process.argv.includes('--check')) {
  console.error('docs/corpus.md is out of step: run `node scripts/node24.mjs scripts/corpus-table.ts` and commit it.')
  process.exitCode = 1
} else writeFileSync(FILE, wanted)
