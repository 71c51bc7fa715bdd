import { installPackages } from './debian/packages.ts'
import type { LabFolders } from './folders.ts'
import { succeeds } from './process/command.ts'

/** The fonts that GitHub's style falls back to on Linux, so that every machine breaks lines alike. */
const FONTS = ['fonts-liberation', 'fonts-noto-color-emoji']

/** A Chromium: the machine's own, else Debian's. */
export async function ensureBrowser(folders: LabFolders): Promise<string> {
  await installPackages(folders, FONTS)
  for (const program of ['chromium', 'google-chrome', 'chromium-browser'])
    if (await succeeds(program, ['--version'])) return program
  await installPackages(folders, ['chromium'])
  return 'chromium'
}
