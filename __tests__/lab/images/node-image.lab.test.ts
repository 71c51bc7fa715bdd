import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { up } from '../../../lab/lab.ts'
import { CommandFailed, run } from '../../../lab/process/command.ts'
import { untilAnswered } from './invocation.ts'

/** The stand-in on a real engine: what AWS promises of its base images. */
describe('lambda/nodejs:22', () => {
  let image: string
  let task: string
  const containers: string[] = []

  beforeAll(async () => {
    task = mkdtempSync(join(tmpdir(), 'task-'))
    writeFileSync(join(task, 'app.mjs'), HANDLER)
    const lab = await up({ images: ['lambda/nodejs:22'] })
    image = (await lab.images(['lambda/nodejs:22']))['lambda/nodejs:22']
  })
  afterAll(async () => {
    if (containers.length > 0) await run('docker', ['rm', '--force', '--volumes', ...containers])
    rmSync(task, { recursive: true })
  })

  it('answers an invocation through the emulator, as the runtime of Lambda does', async () => {
    const argv = [
      '--detach',
      '--label',
      'lambda-parity.lab=true',
      '--volume',
      `${task}:/var/task:ro`,
      image,
      'app.handler',
    ]
    const id = (await run('docker', ['run', ...argv])).trim()
    containers.push(id)
    const answer = await untilAnswered(id, { name: 'Ada' })
    expect(answer).toEqual({
      greeting: 'Hello Ada',
      node: '22',
      cwd: '/var/task',
      environment: 'AWS_Lambda_nodejs22.x',
      handler: 'app.handler',
    })
  })

  it.each([[[]], [['app.handler', 'another']]])('refuses the arguments %j with status 142', async (argv) => {
    const failure = run('docker', ['run', '--rm', '--label', 'lambda-parity.lab=true', image, ...argv])
    await expect(failure).rejects.toBeInstanceOf(CommandFailed)
    await expect(failure).rejects.toMatchObject({
      exitCode: 142,
      message: expect.stringContaining('entrypoint requires the handler name to be the first argument'),
    })
  })

  it('is configured as an AWS base image, and says that it is none', async () => {
    const config = JSON.parse(await run('docker', ['image', 'inspect', '--format', '{{json .Config}}', image]))
    expect(config).toMatchObject({
      Entrypoint: ['/lambda-entrypoint.sh'],
      WorkingDir: '/var/task',
      Labels: { 'lambda-parity.stand-in': 'true' },
    })
    expect(config.Cmd ?? []).toEqual([])
    expect(config.User ?? '').toBe('')
    expect(config.Env).toContain('LAMBDA_TASK_ROOT=/var/task')
  })
})

const HANDLER = `export const handler = async ({ name }) => ({
  greeting: 'Hello ' + name,
  node: process.versions.node.split('.')[0],
  cwd: process.cwd(),
  environment: process.env.AWS_EXECUTION_ENV,
  handler: process.env._HANDLER,
})
`
