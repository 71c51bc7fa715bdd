// Runs every rule on the evidence of a bug report: node scripts/judge-evidence.ts evidence.json
import { readFileSync } from 'node:fs'
import type { Subject } from '../src/checks/check.ts'
import { runChecks } from '../src/checks/run-checks.ts'

const [path] = process.argv.slice(2)
if (path === undefined) {
  console.error('Give the evidence.json that a run with debug logging wrote beside its report.')
  process.exit(2)
}
const { plan, artifact, runtimes }: Pick<Subject, 'artifact' | 'runtimes' | 'plan'> = JSON.parse(
  readFileSync(path, 'utf8'),
)
const { findings, notChecked, defects } = runChecks({
  artifact,
  runtimes,
  plan,
  now: new Date().toISOString(),
} as Subject)
for (const { level, rule, subject, message } of findings) console.log(`${level}: ${rule}: ${subject}: ${message}`)
for (const { rule, reason } of notChecked) console.log(`not checked: ${rule}: ${reason}`)
for (const { rule, error } of defects) console.error(`defect: ${rule}:`, error)
process.exitCode = defects.length === 0 ? 0 : 1
