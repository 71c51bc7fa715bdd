import { createServer } from 'node:net'

/** The first of the wanted loopback ports that nobody listens on, else one the kernel chooses. */
export async function freePort(wanted: readonly (number | undefined)[]): Promise<number> {
  for (const port of [...wanted, 0]) {
    if (port === undefined) continue
    const free = await tryPort(port)
    if (free !== undefined) return free
  }
  throw new Error('No loopback port could be opened.')
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined))
    })
  })
}
