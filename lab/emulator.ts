import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { LabFolders } from './folders.ts'
import { run } from './process/command.ts'
import type { Progress } from './progress.ts'
import { ensurePip, pip } from './python.ts'

/** AWS's Runtime Interface Emulator, a static binary that prints no version. */
export type EmulatorBinary = { readonly path: string; readonly sha256: string }

export type LabEmulator = EmulatorBinary & {
  /** The aws-sam-cli release it was taken from. */
  readonly version: string
  readonly arm64: EmulatorBinary
}

/** SAM CLI ships the emulator in its wheel (samcli/local/rapid), which PyPI serves where GitHub releases are out of reach. */
const SAM_CLI = '1.170.0'

/** The real emulator for x86_64 and arm64, taken from the wheel of aws-sam-cli once. */
export async function ensureEmulator(folders: LabFolders, progress: Progress): Promise<LabEmulator> {
  const folder = join(folders.cache, `rie-${SAM_CLI}`)
  if (!existsSync(folder)) {
    await progress.step(`fetching the runtime interface emulator (aws-sam-cli ${SAM_CLI})`, () =>
      fetchEmulator(folders, folder),
    )
  }
  const binary = (architecture: string): EmulatorBinary => {
    const path = join(folder, `aws-lambda-rie-${architecture}`)
    return { path, sha256: createHash('sha256').update(readFileSync(path)).digest('hex') }
  }
  return { ...binary('x86_64'), version: SAM_CLI, arm64: binary('arm64') }
}

async function fetchEmulator(folders: LabFolders, folder: string): Promise<void> {
  await ensurePip(folders)
  const temporary = `${folder}.new`
  rmSync(temporary, { recursive: true, force: true })
  mkdirSync(temporary, { recursive: true })
  const wheel = `aws_sam_cli-${SAM_CLI}-py3-none-any.whl`
  await pip([
    ...['download', '--no-cache-dir', '--no-deps', '--only-binary=:all:', '-d', temporary],
    `aws-sam-cli==${SAM_CLI}`,
  ])
  await run('python3', ['-m', 'zipfile', '-e', join(temporary, wheel), join(temporary, 'wheel')])
  for (const name of ['aws-lambda-rie-x86_64', 'aws-lambda-rie-arm64']) {
    renameSync(join(temporary, 'wheel/samcli/local/rapid', name), join(temporary, name))
    chmodSync(join(temporary, name), 0o755)
  }
  rmSync(join(temporary, 'wheel'), { recursive: true })
  rmSync(join(temporary, wheel))
  renameSync(temporary, folder)
}
