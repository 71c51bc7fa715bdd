import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { labRegistry } from './lab-registry.ts'

// The lab's parts may be installed first, and share the machine with other tests.
const SCRIPTS = new URL('../../../scripts/', import.meta.url)

/** Starts lab/NAME/serve.ts on Node 24 and waits for the line of JSON it prints. */
async function served(name: string, argv: readonly string[]): Promise<{ child: ChildProcess; addresses: object }> {
  const node24 = fileURLToPath(new URL('node24.mjs', SCRIPTS))
  const script = fileURLToPath(new URL(`../lab/${name}/serve.ts`, SCRIPTS))
  const child = spawn(process.execPath, [node24, script, ...argv], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { child, addresses: JSON.parse(line) as object }
}

async function ended(child: ChildProcess): Promise<number | null> {
  child.kill('SIGTERM')
  const [code] = (await once(child, 'exit')) as [number | null]
  return code
}

it('the AWS stand-in serves as a process and ends on SIGTERM', async () => {
  const registry = await labRegistry()
  const folder = mkdtempSync(join(tmpdir(), 'serve-'))
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, registry.password())
  const { child, addresses } = await served('aws', ['--registry', registry.host, '--password-file', passwordFile])
  try {
    expect(addresses).toMatchObject({ accountId: '123456789012', region: 'eu-central-1' })
    const { endpoint } = addresses as { endpoint: string }
    expect(await (await fetch(`${endpoint}/_lab/state`)).json()).toEqual({
      repositories: [],
      functions: [],
      layers: [],
      buckets: [],
    })
  } finally {
    expect(await ended(child)).toBe(0)
    rmSync(folder, { recursive: true })
  }
})

it('the GitHub stand-in serves as a process and ends on SIGTERM', async () => {
  const { child, addresses } = await served('github', ['--pulls', '7', '--ghes'])
  try {
    const { apiUrl } = addresses as { apiUrl: string }
    const comments = await fetch(`${apiUrl}/repos/octo-org/shop/issues/7/comments`, {
      headers: { authorization: 'token x' },
    })
    expect(await comments.json()).toEqual([])
  } finally {
    expect(await ended(child)).toBe(0)
  }
})
