import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { freePort } from '../../lab/free-port.ts'

describe('freePort', () => {
  it('passes over a port in use, takes the wanted one when it is free', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const other = await freePort([port])
    expect(other).not.toBe(port)
    server.close()
    await once(server, 'close')
    expect(await freePort([undefined, port])).toBe(port)
  })
})
