import { chmod } from 'node:fs/promises'

const NOBODY = 65_534

/** Root may look at everything: where the tests run as root, `ask` is done as somebody else, who may enter `folder`. */
export async function asSomebodyElse<T>(folder: string, ask: () => Promise<T>): Promise<T> {
  const { geteuid, seteuid } = process
  if (geteuid?.() !== 0) return await ask()
  await chmod(folder, 0o755)
  seteuid?.(NOBODY)
  try {
    return await ask()
  } finally {
    seteuid?.(0)
  }
}
