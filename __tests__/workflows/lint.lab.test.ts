import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../../lab/process/command.ts'
import { actionlint, zizmor } from '../../lab/workflows/tools.ts'
import { ROOT } from '../docs/markdown-files.ts'
import { workflowExamples } from '../docs/workflow-examples.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lambda-parity-lint-'))
  // As in a user's repository: the linters look for workflows and for local actions where GitHub does.
  await mkdir(join(folder, '.github'))
  await cp(join(ROOT, '.github'), join(folder, '.github'), { recursive: true })
  await cp(join(ROOT, 'action.yml'), join(folder, 'action.yml'))
  await cp(join(ROOT, 'comment'), join(folder, 'comment'), { recursive: true })
  await mkdir(join(folder, 'dist'))
  await writeFile(join(folder, 'dist/index.js'), '')
  for (const { name, text } of workflowExamples()) {
    const file = name.startsWith('examples/') ? (name.split('/').at(-1) ?? '') : `${name.replaceAll(/\W+/g, '-')}.yml`
    await writeFile(join(folder, '.github/workflows', file), text)
  }
  await run('git', ['-C', folder, 'init', '--quiet'])
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe("the project's workflows, the examples and every workflow of the docs", () => {
  it('pass actionlint', async () => {
    // Its optional helpers, where a machine has them, would make the result depend on the machine.
    expect(await run(await actionlint(), ['-shellcheck=', '-pyflakes='], { cwd: folder })).toBe('')
  })

  it('pass zizmor', async () => {
    const argv = [
      '--offline',
      '--no-progress',
      '--min-severity',
      'low',
      '.github/workflows',
      'action.yml',
      'comment/action.yml',
    ]
    expect(await run(await zizmor(), argv, { cwd: folder })).toContain('No findings to report')
  })
})
