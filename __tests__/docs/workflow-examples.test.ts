import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { ROOT } from './markdown-files.ts'
import { workflowExamples } from './workflow-examples.ts'

const ACTIONS: Readonly<Record<string, string>> = {
  'lambda-parity/lambda-parity@v1': 'action.yml',
  'lambda-parity/lambda-parity/comment@v1': 'comment/action.yml',
}

function declared(file: string, what: 'inputs' | 'outputs'): string[] {
  return Object.keys((parse(readFileSync(join(ROOT, file), 'utf8')) as Record<typeof what, object>)[what])
}

const examples = workflowExamples()

describe.each(examples)('$name', ({ text, steps }) => {
  it('gives this action only inputs that it has', () => {
    const own = steps.filter(({ uses = '' }) => uses.startsWith('lambda-parity/'))
    const unknown = own.flatMap(({ uses = '', with: inputs = {} }) => {
      const file = ACTIONS[uses]
      const known = file === undefined ? [] : declared(file, 'inputs')
      return Object.keys(inputs).filter((name) => !known.includes(name))
    })
    expect(unknown).toEqual([])
  })

  it('reads only outputs that it has', () => {
    const read = [...text.matchAll(/steps\.parity\.outputs\.([\w-]+)/g)].map(([, name = '']) => name)
    expect(read.filter((name) => !declared('action.yml', 'outputs').includes(name))).toEqual([])
  })
})

it('finds examples in the README and in docs', () => {
  expect(examples.filter(({ name }) => name.startsWith('README.md')).length).toBeGreaterThan(1)
  expect(examples.filter(({ name }) => name.startsWith('docs/')).length).toBeGreaterThan(3)
})

it("the project's own workflows pin every action by commit", () => {
  const workflows = readdirSync(join(ROOT, '.github/workflows'))
  const uses = workflows.flatMap((name) =>
    [...readFileSync(join(ROOT, '.github/workflows', name), 'utf8').matchAll(/uses: (\S+)/g)].map(
      ([, one = '']) => one,
    ),
  )
  expect(uses.filter((one) => !/^\.\/|@[0-9a-f]{40}$/.test(one))).toEqual([])
})
