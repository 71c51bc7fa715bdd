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

const OWN = /^(?:lambda-parity\/|\.\/)/
/** Its commit is not known here, and nobody is to copy that workflow. */
const MIGRATED_FROM = 'aws-actions/aws-lambda-deploy'

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

it('examples pin actions of others by commit, one commit for a release, and say which release it is', () => {
  const uses = examples.flatMap(({ text }) => [...text.matchAll(/uses: ([^\s@]+)@(\S+)(?: # (v[\d.]+))?/g)])
  const others = uses.filter(([, name = '']) => !OWN.test(name) && name !== MIGRATED_FROM)
  expect(others.filter(([, , ref = '', release]) => !/^[0-9a-f]{40}$/.test(ref) || release === undefined)).toEqual([])
  const pins = new Set(others.map(([, name, ref, release]) => `${name}@${ref} ${release}`))
  expect(pins.size).toBe(new Set(others.map(([, name]) => name)).size)
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
