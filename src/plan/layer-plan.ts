import type { Context } from '../context.ts'
import { samBuildImage } from '../lambda/build-images.ts'
import type { Runtime } from '../lambda/runtimes.ts'
import type { Found } from '../resolve/found.ts'
import { attachPlan, layerPublishPlan } from './layer-publish-plan.ts'
import { layerSource } from './layer-source.ts'
import type { LayerPlan, LayerRuntime, NamedImage } from './plan.ts'
import { smokePlan } from './smoke-plan.ts'
import type { Values } from './values.ts'
import { verifyPlan } from './verify-plan.ts'

/** What becomes of a layer, beside what every plan has. Its inputs are complete and valid (layer-conflicts.ts). Pure. */
export function layerPlan(
  values: Values,
  context: Context,
  found: Found,
): Pick<
  LayerPlan,
  'kind' | 'runtime' | 'source' | 'runtimes' | 'buildImage' | 'smoke' | 'publish' | 'deploy' | 'verify'
> {
  const runtime = values.runtime?.value
  if (runtime === undefined) throw new Error('a layer without runtime was planned')
  const compatible = values['compatible-runtimes']?.value ?? []
  const others = compatible.filter(({ id }) => id !== runtime.id)
  const runtimes = [{ runtime, image: firstImage(runtime, values) }, ...others.map(derived)]
  const publish = layerPublishPlan(values, context, found)
  const deploy = attachPlan(values, found, publish)
  return {
    kind: 'layer',
    runtime,
    source: layerSource(values, found, runtimes),
    runtimes,
    buildImage: buildImage(runtime, values),
    smoke: smokePlan(values, found),
    publish,
    deploy,
    verify: verifyPlan(values, found, deploy),
  }
}

/** A given image stands for `runtime`; for the others nobody has said which does. */
function firstImage(runtime: Runtime, values: Values): LayerRuntime['image'] {
  const image = values['runtime-image']
  return image?.source === 'input' ? { from: 'given', reference: image.value } : derived(runtime).image
}

function buildImage(runtime: Runtime, values: Values): NamedImage {
  const image = values['build-image']
  if (image?.source === 'input') return { from: 'given', reference: image.value }
  const because = `SAM builds for \`${runtime.id}\` in it`
  return { from: 'derived', reference: samBuildImage(runtime, values.architecture.value), because }
}

function derived(runtime: Runtime): LayerRuntime {
  const because = `a function of \`${runtime.id}\` mounts the layer`
  return { runtime, image: { from: 'derived', reference: runtime.baseImage, because } }
}
