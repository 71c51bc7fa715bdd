// Runs every rule on the evidence of a bug report: node scripts/judge-evidence.ts evidence.json [--json]
import { readFileSync } from 'node:fs'
import type { Subject } from '../src/checks/check.ts'
import { runChecks } from '../src/checks/run-checks.ts'
import { EVIDENCE_FILE_SCHEMA } from '../src/run/debug-evidence.ts'

const [path, ...options] = process.argv.slice(2)
if (path === undefined) {
  console.error('Give the evidence.json that a run with debug logging wrote beside its report.')
  process.exit(2)
}
const file: Subject & { readonly schema?: number } = JSON.parse(readFileSync(path, 'utf8'))
if (file.schema !== EVIDENCE_FILE_SCHEMA) {
  console.error(`${path} has schema ${file.schema}; this version reads ${EVIDENCE_FILE_SCHEMA}.`)
  process.exit(2)
}
const { findings, notChecked, defects } = runChecks(file)
if (options.includes('--json')) console.log(JSON.stringify({ findings, notChecked }, null, 2))
else {
  for (const { level, rule, subject, message } of findings) console.log(`${level}: ${rule}: ${subject}: ${message}`)
  for (const { rule, reason } of notChecked) console.log(`not checked: ${rule}: ${reason}`)
}
for (const { rule, error } of defects) console.error(`defect: ${rule}:`, error)
process.exitCode = defects.length === 0 ? 0 : 1
