import type { FunctionConfiguration } from '@aws-sdk/client-lambda'
import type { Faults } from '../faults.ts'
import { lambdaErrors } from './errors.ts'
import { type LambdaFunction, poll, type Revision } from './function.ts'
import { functionArn, parseFunctionName } from './function-name.ts'

export type FunctionId = { readonly FunctionName?: string | undefined; readonly Qualifier?: string | undefined }

/** The functions of one account and region, looked up by any of the name's forms. */
export class Functions {
  readonly accountId: string
  readonly region: string
  readonly #faults: Faults
  readonly #byName = new Map<string, LambdaFunction>()

  constructor(place: { accountId: string; region: string }, faults: Faults) {
    this.accountId = place.accountId
    this.region = place.region
    this.#faults = faults
  }

  all(): LambdaFunction[] {
    return [...this.#byName.values()]
  }

  arn(name: string): string {
    return functionArn(name, this)
  }

  add(lambdaFunction: LambdaFunction): void {
    if (this.#byName.has(lambdaFunction.name)) {
      throw lambdaErrors.conflict(`Function already exist: ${lambdaFunction.name}`)
    }
    this.#byName.set(lambdaFunction.name, lambdaFunction)
  }

  remove(id: FunctionId): void {
    this.#byName.delete(this.get(id).name)
  }

  /** The function itself, whatever the qualifier, or ResourceNotFoundException. */
  get(id: FunctionId): LambdaFunction {
    const { name, qualifier } = parseFunctionName(id, this)
    const found = this.#byName.get(name)
    if (found === undefined) throw lambdaErrors.notFound(`Function not found: ${this.arn(name)}${suffix(qualifier)}`)
    return found
  }

  /** $LATEST, the version, or the version that the alias names. */
  revision(id: FunctionId): Revision {
    const found = this.get(id)
    const { qualifier } = parseFunctionName(id, this)
    if (qualifier === undefined || qualifier === '$LATEST') return found.latest
    const version = found.aliases.get(qualifier)?.FunctionVersion ?? qualifier
    if (version === '$LATEST') return found.latest
    const revision = found.versions.find(({ configuration }) => configuration.Version === version)
    if (revision === undefined) throw lambdaErrors.notFound(`Function not found: ${found.arn}:${qualifier}`)
    return revision
  }

  /** The configuration as a poll shows it, under what is scripted to be shown: looking moves a creation or update on. */
  polled(revision: Revision): FunctionConfiguration {
    poll(revision)
    return this.#faults.shown({ ...revision.configuration })
  }

  /** The function for a write: $LATEST only, of the expected revision, not while something is on its way. */
  writable(id: FunctionId & { readonly RevisionId?: string | undefined }): LambdaFunction {
    const { qualifier } = parseFunctionName(id, this)
    const found = this.get(id)
    if (qualifier !== undefined && qualifier !== '$LATEST') {
      throw lambdaErrors.invalidParameter(
        'Current operation does not support versions other than $LATEST. Please set the version to $LATEST or do not set a version in your request.',
      )
    }
    const { latest } = found
    if (id.RevisionId !== undefined && id.RevisionId !== latest.configuration.RevisionId) {
      throw lambdaErrors.wrongRevision()
    }
    const { transition } = latest
    if (transition !== undefined) {
      // Time passes for a refused write too: whoever only retries gets through in the end.
      poll(latest)
      throw lambdaErrors.conflict(
        transition.of === 'create'
          ? 'The operation cannot be performed at this time. The function is currently in the following state: Pending'
          : `The operation cannot be performed at this time. An update is in progress for resource: ${found.arn}`,
      )
    }
    return found
  }
}

function suffix(qualifier: string | undefined): string {
  return qualifier === undefined ? '' : `:${qualifier}`
}
