import { randomUUID } from 'node:crypto'
import type {
  FunctionConfiguration,
  ListVersionsByFunctionCommandOutput,
  PublishVersionCommandInput,
} from '@aws-sdk/client-lambda'
import type { Output } from '../operations.ts'
import { lambdaErrors } from './errors.ts'
import type { LambdaFunction, Revision } from './function.ts'
import type { FunctionId, Functions } from './functions.ts'

export function publishVersion(input: PublishVersionCommandInput, functions: Functions): FunctionConfiguration {
  const published = functions.writable(input)
  const { CodeSha256 } = published.latest.configuration
  if (input.CodeSha256 !== undefined && input.CodeSha256 !== CodeSha256) {
    throw lambdaErrors.invalidParameter(
      `CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
    )
  }
  const newest = published.versions.at(-1)
  // AWS answers with the newest version when $LATEST has not changed since.
  if (newest !== undefined && isUnchanged(newest.configuration, published.latest.configuration))
    return { ...newest.configuration }
  const version = publish(published)
  if (input.Description !== undefined) version.configuration.Description = input.Description
  return { ...version.configuration }
}

/** Of what a version keeps: code, and configuration such as layers. */
function isUnchanged(version: FunctionConfiguration, latest: FunctionConfiguration): boolean {
  return JSON.stringify(kept(version)) === JSON.stringify(kept(latest))
}

function kept(configuration: FunctionConfiguration): unknown {
  const own = /^(?:FunctionArn|Version|RevisionId|Description|LastModified|State.*|LastUpdateStatus.*)$/
  return Object.entries(configuration)
    .filter(([name]) => !own.test(name))
    .sort(([one], [other]) => (one < other ? -1 : 1))
}

/** A numbered snapshot of $LATEST; it shares a creation or update that is still on its way. */
export function publish(published: LambdaFunction): Revision {
  const { latest, versions } = published
  const Version = String(versions.length + 1)
  const version: Revision = {
    ...latest,
    configuration: {
      ...latest.configuration,
      FunctionArn: `${published.arn}:${Version}`,
      Version,
      RevisionId: randomUUID(),
    },
    ...(latest.transition && { transition: { ...latest.transition } }),
  }
  versions.push(version)
  return version
}

export function listVersionsByFunction(
  input: FunctionId,
  functions: Functions,
): Output<ListVersionsByFunctionCommandOutput> {
  const { latest, versions, arn } = functions.get(input)
  const shown = { ...latest.configuration, FunctionArn: `${arn}:$LATEST` }
  return { Versions: [shown, ...versions.map(({ configuration }) => ({ ...configuration }))] }
}
