import type { Found } from '../resolve/found.ts'
import type { Skipped, SmokeCasePlan, SmokePlan } from './plan.ts'
import type { Values } from './values.ts'

/** The invocations of the image: one case of the inputs' own, or those of the suite. */
export function smokePlan(values: Values, found: Found): SmokePlan | Skipped {
  if (!values.smoke.value) return { skipped: '`smoke` is `false`' }
  const handler = values['smoke-handler']
  const riePath = values['rie-path']
  const workingDirectory = found.template?.read.imageConfig?.workingDirectory
  return {
    cases: smokeCases(values, found),
    ...(handler === undefined ? {} : { handler: handler.value }),
    environment: values['smoke-env']?.value ?? {},
    memorySize: values['memory-size'].value,
    ...(values['memory-size'].source === 'default' ? { defaultsMemory: true } : {}),
    timeout: values.timeout.value,
    ephemeralStorage: values['ephemeral-storage'].value,
    network: values['smoke-network'].value,
    ...(riePath === undefined ? {} : { riePath: riePath.value }),
    ...(workingDirectory === undefined ? {} : { workingDirectory }),
    ...(found.template?.read.statesTimeout === false ? { defaultsTimeout: true } : {}),
  }
}

/** Those of the suite, else the one of the inputs. */
export function smokeCases(values: Values, found: Found): readonly SmokeCasePlan[] {
  return found.suite === undefined ? [inputCase(values, found)] : suiteCases(values, found)
}

function inputCase(values: Values, found: Found): SmokeCasePlan {
  return {
    name: 'default',
    event: found.event?.json ?? {},
    ...(found.expect === undefined ? {} : { expect: found.expect.json }),
    environment: {},
    timeout: values.timeout.value,
  }
}

function suiteCases(values: Values, found: Found): readonly SmokeCasePlan[] {
  return (found.suite ?? []).map(({ name, event, expect, expectError, environment, timeout }) => ({
    name,
    event: event === undefined ? (found.event?.json ?? {}) : event.json,
    ...(expect === undefined ? {} : { expect: expect.json }),
    ...(expectError === undefined ? {} : { expectError }),
    environment,
    timeout: timeout ?? values.timeout.value,
  }))
}
