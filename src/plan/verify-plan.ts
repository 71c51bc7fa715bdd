import type { Found } from '../resolve/found.ts'
import {
  type AttachPlan,
  type DeployPlan,
  isSkipped,
  type Skipped,
  type SmokeCasePlan,
  type VerifyPlan,
} from './plan.ts'
import { smokeCases } from './smoke-plan.ts'
import type { Values } from './values.ts'

/**
 * With which events the deployed function is invoked. One that gets a layer has a handler of its own: what the inputs expect
 * of the local `smoke-handler` is not expected of it, it is given the event alone. Without such a handler they speak of it.
 */
export function verifyPlan(
  values: Values,
  found: Found,
  deploy: DeployPlan | AttachPlan | Skipped,
): VerifyPlan | Skipped {
  if (!values['verify-invoke'].value) return { skipped: '`verify-invoke` is not asked for' }
  if (isSkipped(deploy)) return { skipped: `nothing is deployed: ${deploy.skipped}` }
  const environment = values['smoke-env']?.value ?? {}
  if (values.kind.value === 'layer' && values['smoke-handler'] !== undefined) {
    const event = found.event?.json ?? {}
    return {
      cases: [{ name: 'default', event, environment: {}, timeout: values.timeout.value }],
      left: [],
      environment,
    }
  }
  const judged = smokeCases(values, found).map((one) => ({ one, reason: localOnly(one, values.timeout.value) }))
  const left = judged.flatMap(({ one: { name }, reason }) => (reason === undefined ? [] : [{ name, reason }]))
  const cases = judged.filter(({ reason }) => reason === undefined).map(({ one }) => one)
  if (cases.length === 0) {
    const reasons = left.map(({ name, reason }) => `"${name}" (${reason})`).join(', ')
    return { skipped: `no case can be invoked at AWS: ${reasons}` }
  }
  return { cases, left, environment }
}

/** Why a case makes no sense with the settings that the function has at AWS. */
function localOnly({ environment, expectError, timeout }: SmokeCasePlan, usual: number): string | undefined {
  if (Object.keys(environment).length > 0) return 'its `env` is set in the local run only'
  if (expectError !== undefined && timeout !== usual) return 'its `timeout` is set in the local run only'
  return undefined
}
