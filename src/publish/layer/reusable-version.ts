import type { LayerPublishPlan } from '../../plan/plan.ts'
import type { LayerVersion } from '../../ports/layer-api.ts'
import { readDescription } from './layer-description.ts'

/** Whether description (the marker apart), licence, runtimes and architectures are as asked: only the content may differ then. */
export function hasMetadata(version: LayerVersion, plan: LayerPublishPlan): boolean {
  const { description, licenseInfo } = version
  return (
    (description === plan.description || readDescription(description).text === plan.description) &&
    licenseInfo === (plan.licenseInfo ?? '') &&
    isSameSet(version.runtimes, plan.runtimes) &&
    isSameSet(version.architectures, plan.architectures)
  )
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return [...new Set(one)].sort().join() === [...new Set(other)].sort().join()
}
