import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { unpackPackages } from './debian/unpack.ts'
import type { LabFolders } from './folders.ts'
import { withLock } from './lock.ts'
import { runAsRoot } from './process/command.ts'
import type { Progress } from './progress.ts'
import { changeState, readState } from './state.ts'

const BINFMT = '/proc/sys/fs/binfmt_misc'
const NAME = 'lambda-parity-aarch64'

/** How the kernel knows a 64-bit little-endian ELF program for AArch64 (qemu's scripts/qemu-binfmt-conf.sh). */
const MAGIC = '\\x7fELF\\x02\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\xb7\\x00'
const MASK = '\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\x00\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xfe\\xff\\xff\\xff'

/**
 * Has the kernel run arm64 programs, also those of containers, by an emulator that it holds open (flag F): nothing has to be
 * in the container. Nothing is done where the machine is arm64 or can do it already.
 */
export async function ensureArm64(folders: LabFolders, progress: Progress): Promise<void> {
  if (process.arch === 'arm64' || runsArm64()) return
  await withLock(folders, 'emulation', async () => {
    if (runsArm64()) return
    const qemu = await progress.step('fetching the emulator of arm64 (qemu-user-static)', () =>
      unpackPackages(folders, 'qemu-user-static', ['qemu-user-static']),
    )
    if (!existsSync(join(BINFMT, 'register'))) {
      await runAsRoot('mount', ['-t', 'binfmt_misc', 'binfmt_misc', BINFMT])
      changeState(folders, () => ({ mountedBinfmt: true }))
    }
    const rule = `:${NAME}:M::${MAGIC}:${MASK}:${join(qemu, 'usr/bin/qemu-aarch64-static')}:FPC`
    await runAsRoot('sh', ['-c', `printf '%s' "$1" > ${join(BINFMT, 'register')}`, 'sh', rule])
  })
}

/** By any name: docker/setup-qemu-action and Debian's package have registered it as `qemu-aarch64`. */
function runsArm64(): boolean {
  return existsSync(BINFMT) && readdirSync(BINFMT).some((name) => /aarch64/.test(name))
}

/** Takes the registration back, and the mount when it was the lab's. */
export async function endArm64(folders: LabFolders): Promise<void> {
  const rule = join(BINFMT, NAME)
  if (existsSync(rule)) await runAsRoot('sh', ['-c', `printf '%s' -1 > ${rule}`])
  if (readState(folders).mountedBinfmt) await runAsRoot('umount', [BINFMT])
}
