import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { labFolders } from '../../../lab/folders.ts'
import { run } from '../../../lab/process/command.ts'
import { printedProgress } from '../../../lab/progress.ts'
import { pythonPackages } from '../../../lab/python-packages.ts'
import { SAM_CASES, SAM_FIXTURES } from './sam-cases.ts'
import type { OracleAnswer } from './sam-view.ts'

/** The release whose answers are kept; `node sam-oracle.ts --write` asks it anew. */
const SAM_CLI = 'aws-sam-cli==1.170.0'
const SCRIPT = fileURLToPath(new URL('./oracle.py', import.meta.url))
const KEPT = fileURLToPath(new URL('../fixtures/sam-oracle.json', import.meta.url))

/** What SAM CLI's own function and layer providers see in every template, installed into the lab's cache once. */
export async function askSam(): Promise<readonly OracleAnswer[]> {
  const { env } = await pythonPackages('sam', [SAM_CLI], { folders: labFolders(), progress: printedProgress() })
  const answer = await run('python3', [SCRIPT], { env, input: JSON.stringify(SAM_CASES) })
  return JSON.parse(withoutFolders(answer)) as OracleAnswer[]
}

/** Its answers as they were when they were last looked at. */
export function keptAnswers(): readonly OracleAnswer[] {
  return JSON.parse(readFileSync(KEPT, 'utf8')) as OracleAnswer[]
}

/** Paths that leave the fixtures come back absolute: they are of the machine that was asked. */
function withoutFolders(text: string): string {
  return ['.', '..', '../..'].reduce((rest, up) => rest.replaceAll(`"${resolve(SAM_FIXTURES, up)}`, `"${up}`), text)
}

if (process.argv.includes('--write')) {
  writeFileSync(KEPT, `${JSON.stringify(await askSam(), null, 1)}\n`)
}
