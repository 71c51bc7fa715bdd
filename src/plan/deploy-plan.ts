import { functionMismatch } from '../deploy/function-mismatch.ts'
import { ActionError } from '../errors.ts'
import { parseFunctionName } from '../inputs/aws-names.ts'
import type { Found } from '../resolve/found.ts'
import { type DeployPlan, isSkipped, type PublishPlan, type Skipped } from './plan.ts'
import type { Sourced, Values } from './values.ts'

/**
 * Whether a function gets the image. Throws function-not-found, package-type-mismatch, and invalid-input for another
 * architecture: before anything is built.
 */
export function deployPlan(values: Values, found: Found, publish: PublishPlan | Skipped): DeployPlan | Skipped {
  const named = parseFunctionName(values['function-name']?.value ?? '')
  if (named === undefined) return { skipped: 'no `function-name` is given' }
  if (isSkipped(publish)) return { skipped: `nothing is published: ${publish.skipped}` }
  const { role, alias } = values
  if (found.function === 'none' && role === undefined) throw functionNotFound(named.unqualified, publish.region)
  const mismatch = typeof found.function === 'object' && functionMismatch(found.function, values.architecture.value)
  if (mismatch) throw mismatch
  return {
    functionName: named.unqualified,
    region: publish.region,
    ...account(named.account ?? found.account),
    action: found.function === 'none' ? 'create' : 'update',
    ...(role === undefined ? {} : { role: role.value }),
    ...creation(values),
    publishVersion: values['publish-version'].value,
    ...(alias === undefined ? {} : { alias: alias.value }),
    waitTimeout: values['wait-timeout'].value,
  }
}

function account(account: string | undefined): Pick<DeployPlan, 'account'> {
  return account === undefined ? {} : { account }
}

/** Settings of a function that is created: those that inputs or its template ask for, the rest is Lambda's to choose (contract §4.4). */
function creation(values: Values): Pick<DeployPlan, 'creation'> {
  const asked = {
    memorySize: given(values['memory-size']),
    timeout: given(values.timeout),
    ephemeralStorage: given(values['ephemeral-storage']),
  }
  const settings = Object.entries(asked).filter(([, value]) => value !== undefined)
  return settings.length === 0 ? {} : { creation: Object.fromEntries(settings) }
}

function given<T>(value: Sourced<T> | undefined): T | undefined {
  return value?.source === 'input' || value?.source === 'template' ? value.value : undefined
}

function functionNotFound(name: string, region: string): ActionError {
  return new ActionError('function-not-found', `There is no function ${name} in ${region}.`, {
    help: 'Check `function-name` and `aws-region` and the account of the credentials, or give `role` so that the function is created.',
  })
}
