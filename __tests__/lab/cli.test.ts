import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['lab/cli.ts', ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

it('says how it is used when it is asked', () => {
  expect(run('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('npm run lab -- down') })
})

it.each([['--what'], ['nothing'], ['up', 'lambda/cobol:1']])('refuses %j %j with its usage and no stack', (...args) => {
  const { status, stdout, stderr } = run(...args.filter((one) => one !== undefined))
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toContain('npm run lab -- down')
  expect(stderr).not.toMatch(/^\s+at /m)
})
