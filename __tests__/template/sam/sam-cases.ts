import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A template in a shape that real repositories have, and the parameters that its readers are given. */
export type SamCase = { readonly file: string; readonly parameters: Readonly<Record<string, string>> }

export const SAM_FIXTURES = fileURLToPath(new URL('../fixtures/sam', import.meta.url))

// SAM CLI would take `localhost` for the suffix.
const PSEUDO = { 'AWS::Region': 'eu-west-1', 'AWS::AccountId': '123456789012', 'AWS::URLSuffix': 'amazonaws.com' }
const PARAMETERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'one-image-three-commands.yaml': { EcrImageUri: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/marketing:2024-01' },
  'plain-cloudformation.yaml': { ImageId: '123456789012.dkr.ecr.us-east-2.amazonaws.com/task:latest' },
  'conditions-and-mappings.yaml': { Stage: 'prod' },
  'crlf.yaml': { Stage: 'staging' },
  'no-value.yaml': { Debug: 'true' },
  'number-parameters.yaml': { Seconds: '33' },
  'sam-cli-build-args.yaml': { Runtime: '3.12', Tag: 'from-parameters' },
}

/** Every committed template. */
export const SAM_CASES: readonly SamCase[] = readdirSync(SAM_FIXTURES)
  .sort()
  .map((name) => ({ file: join(SAM_FIXTURES, name), parameters: { ...PSEUDO, ...PARAMETERS[name] } }))

/** How a case is called. */
export function caseName({ file }: SamCase): string {
  return basename(file)
}
