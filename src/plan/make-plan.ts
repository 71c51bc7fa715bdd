import type { Context } from '../context.ts'
import { functionMismatch } from '../deploy/function-mismatch.ts'
import type { Inputs } from '../inputs/read-inputs.ts'
import type { Found } from '../resolve/found.ts'
import { artifactSource, buildImage, runtimeImage } from './build-source.ts'
import { commentPlan } from './comment-plan.ts'
import { deployPlan } from './deploy-plan.ts'
import { overrideWarnings } from './function-overrides.ts'
import { layerPlan } from './layer-plan.ts'
import { layerSourceWarnings } from './layer-source.ts'
import { type DeployPlan, type ImageConfig, isSkipped, type Plan, type Skipped } from './plan.ts'
import { publishPlan } from './publish-plan.ts'
import { smokePlan } from './smoke-plan.ts'
import { planTable } from './table.ts'
import { resolveValues, subjectName, type Values } from './values.ts'
import { verifyPlan } from './verify-plan.ts'

/**
 * Decides what the run will do and will not do, and why. Pure. Throws an ActionError for what makes the run pointless:
 * no-credentials, function-not-found, package-type-mismatch, and invalid-input for what only shows once AWS was asked.
 */
export function makePlan(inputs: Inputs, context: Context, found: Found): Plan {
  const values = resolveValues(inputs, context, found)
  const common = {
    name: subjectName(inputs, context, found.template?.read.resource),
    architecture: values.architecture.value,
    check: { failOn: values['fail-on'].value, ignore: values.ignore?.value ?? [] },
    ...(found.baseline && { baseline: found.baseline }),
    dryRun: values['dry-run'].value,
    report: { directory: values['report-dir']?.value ?? '.', comment: commentPlan(values, context) },
    table: planTable(values, found.template?.read),
    warnings: [...found.warnings, ...layerSourceWarnings(values, found)],
  }
  return values.kind.value === 'layer'
    ? { ...common, ...layerPlan(values, context, found) }
    : { ...common, ...imagePlan(values, context, found) }
}

function imagePlan(values: Values, context: Context, found: Found) {
  const publish = publishPlan(values, context, found)
  const deploy = deployPlan(values, found, publish)
  const built = buildImage(values, found)
  const template = found.template?.read
  return {
    kind: 'image',
    ...(values.runtime === undefined ? {} : { runtime: values.runtime.value }),
    source: artifactSource(values, template),
    runtimeImage: runtimeImage(values, found),
    ...(built === undefined ? {} : { buildImage: built }),
    ...(values.image === undefined && found.base?.from === 'image'
      ? { base: { reference: found.base.reference, line: found.base.line } }
      : {}),
    ...(values.image === undefined && found.dockerfile !== undefined ? { dockerfile: found.dockerfile } : {}),
    ...(values.image === undefined && found.ignoreFile !== undefined ? { ignoreFile: found.ignoreFile } : {}),
    ...(template?.imageConfig && { imageConfig: template.imageConfig }),
    ...(template?.buildPlatform === undefined ? {} : { buildPlatform: template.buildPlatform }),
    smoke: smokePlan(values, found),
    publish,
    deploy,
    verify: verifyPlan(values, found, deploy),
    warnings: [...found.warnings, ...functionWarnings(values, found, deploy)],
  } as const
}

/** What the function's configuration says that does not stop the run. */
function functionWarnings(values: Values, found: Found, deploy: DeployPlan | Skipped): readonly string[] {
  const name = values['function-name']?.value ?? ''
  if (found.function === undefined) return []
  if (found.function === 'none') return isSkipped(deploy) ? [`There is no function ${name}.`] : []
  const mismatch = isSkipped(deploy) ? functionMismatch(found.function, values.architecture.value) : undefined
  const overrides = values.smoke.value ? overrideWarnings(found.function, startedBy(values, found)) : []
  return [...(mismatch === undefined ? [] : [mismatch.message]), ...overrides]
}

/** What the smoke starts where the image's own settings do not count. */
function startedBy(values: Values, { template }: Found): ImageConfig {
  const handler = values['smoke-handler']
  return { ...template?.read.imageConfig, ...(handler === undefined ? {} : { command: [handler.value] }) }
}
