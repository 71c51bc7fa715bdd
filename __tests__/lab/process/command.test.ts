import { describe, expect, it } from 'vitest'
import { CommandFailed, run, succeeds } from '../../../lab/process/command.ts'

describe('run', () => {
  it('gives input and environment, and returns stdout alone', async () => {
    const script = 'cat; echo "$GREETING"; echo noise >&2'
    await expect(run('sh', ['-c', script], { input: 'in ', env: { GREETING: 'hello' } })).resolves.toBe('in hello\n')
  })

  it('fails with the status and what was printed last, on either stream', async () => {
    const failure = run('sh', ['-c', 'echo first; echo last >&2; exit 7'])
    await expect(failure).rejects.toMatchObject({
      exitCode: 7,
      message: expect.stringMatching(/exit status 7\n(.*\n)*last$/),
    })
  })

  it('tells a command that is not there', async () => {
    await expect(run('no-such-command', [])).rejects.toBeInstanceOf(CommandFailed)
    await expect(succeeds('no-such-command', [])).resolves.toBe(false)
  })
})
