import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../../lab/process/command.ts'

/** Makes of two folders of packages what `target` holds when the one in `earlier` was there before; `earlier` is gone then. */
export async function putOver(earlier: string, target: string, and: 'kept' | 'laid-over'): Promise<void> {
  if (and === 'laid-over') await run('cp', ['-al', '--remove-destination', `${target}/.`, earlier])
  else
    for (const entry of readdirSync(target))
      if (!existsSync(join(earlier, entry))) renameSync(join(target, entry), join(earlier, entry))
  rmSync(target, { recursive: true })
  renameSync(earlier, target)
}
