import { fileURLToPath } from 'node:url'
import { labFolders } from '../../../lab/folders.ts'
import { run } from '../../../lab/process/command.ts'
import { printedProgress } from '../../../lab/progress.ts'
import { pythonPackages } from '../../../lab/python-packages.ts'

/** boto3 brings the botocore that belongs to it; both carry AWS's own service models. */
const PACKAGES = ['boto3==1.44.5', 'botocore==1.44.5']

/** Runs a Python script of this folder with boto3 and botocore at hand. @returns what it printed */
export async function runWithBotocore(
  script: string,
  options: { argv?: readonly string[]; input?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<string> {
  const place = { folders: labFolders(), progress: printedProgress() }
  const { env } = await pythonPackages('botocore', PACKAGES, place)
  const path = fileURLToPath(new URL(script, import.meta.url))
  return run('python3', [path, ...(options.argv ?? [])], {
    ...(options.input !== undefined && { input: options.input }),
    env: { ...env, ...options.env },
  })
}
