import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LabFolders } from './folders.ts'

/**
 * Runs `work` while no other process runs work under the same name for the same folders. The lock is an abstract Unix
 * socket (man 7 unix): the kernel frees it when its holder dies, so that no lock is ever left behind.
 */
export async function withLock<T>(folders: LabFolders, name: string, work: () => Promise<T>): Promise<T> {
  const place = createHash('sha256').update(folders.root).digest('hex').slice(0, 16)
  const address = `\0lambda-parity-lab-${place}-${name}`
  let server = await listen(address)
  for (let tries = 1; server === undefined; tries += 1) {
    if (tries === 10) console.error(`lab: waiting for another process that is at work on the lab (${name})`)
    await sleep(100)
    server = await listen(address)
  }
  try {
    return await work()
  } finally {
    server.close()
  }
}

/** Undefined when somebody else listens. */
function listen(address: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy())
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    )
    server.listen(address, () => resolve(server))
  })
}
