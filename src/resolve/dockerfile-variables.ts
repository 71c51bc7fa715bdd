import type { Dockerfile } from 'dockerfile-ast'
import { type Architecture, architectureRow } from '../lambda/architecture.ts'
import { ownValue } from '../own-value.ts'

type Variables = ReadonlyMap<string, string>

/** What FROM lines see: ARGs before the first FROM, as build arguments set them, and BuildKit's platform arguments. */
export function globalArguments(
  dockerfile: Dockerfile,
  buildArgs: Readonly<Record<string, string>>,
  architecture: Architecture,
): Variables {
  const { docker, platform } = architectureRow(architecture)
  const variables = new Map([
    ['TARGETPLATFORM', platform],
    ['TARGETOS', 'linux'],
    ['TARGETARCH', docker],
    ['TARGETVARIANT', ''],
  ])
  for (const property of dockerfile.getInitialARGs().flatMap((arg) => arg.getProperties())) {
    const name = property.getName()
    const value = ownValue(buildArgs, name) ?? property.getValue()
    if (value !== null) variables.set(name, expand(value, variables))
  }
  return variables
}

// $NAME, ${NAME} and ${NAME<operator>word} with the operators of the Dockerfile reference; words may hold variables.
const VARIABLE = /\$(?:(\w+)|\{(\w+)(?:(:?[-+?])((?:[^{}]|\{[^{}]*\})*))?\})/g

/** Variables replaced as BuildKit does in FROM: one that is not set is empty. */
export function expand(text: string, variables: Variables): string {
  return text.replace(VARIABLE, (_, plain?: string, braced?: string, operator?: string, word = '') => {
    const value = variables.get(plain ?? braced ?? '')
    const isSet = operator?.startsWith(':') ? value !== undefined && value !== '' : value !== undefined
    if (operator?.endsWith('-')) return isSet ? (value ?? '') : expand(word, variables)
    if (operator?.endsWith('+')) return isSet ? expand(word, variables) : ''
    return value ?? ''
  })
}
