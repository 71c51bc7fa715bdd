import type { Context } from '../../src/context.ts'
import { type InputName, type InputsRead, readInputs } from '../../src/inputs/read-inputs.ts'

export type InputTexts = { readonly [Name in InputName]?: string }

/** The environment that the runner makes of a `with:` block. */
export function inputEnvironment(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [`INPUT_${name.toUpperCase()}`, text]))
}

/** Reads a `with:` block, wrong inputs included. */
export function read(texts: InputTexts): InputsRead {
  return readInputs(inputEnvironment(texts))
}

/** A push to a repository on a hosted runner. */
export function makeContext(overrides: Partial<Context> = {}): Context {
  return {
    eventName: 'push',
    repository: { owner: 'octo', name: 'shop' },
    serverUrl: 'https://github.com',
    apiUrl: 'https://api.github.com',
    graphqlUrl: 'https://api.github.com/graphql',
    workflow: 'ci',
    actionId: 'parity',
    commit: 'a1b2c3d4e5f60718293a4b5c6d7e8f9001122334',
    region: 'eu-west-1',
    temporaryDirectory: '/runner/temp',
    toolCache: '/runner/tools',
    workspace: '/home/runner/shop',
    ...overrides,
  }
}
