import type { Check } from './check.ts'
import { imageSize } from './size/image-size.ts'
import { layerSize } from './size/layer-size.ts'

export const sizeLimit: Check = {
  id: 'size-limit',
  title: 'The artifact is not larger than Lambda allows',
  appliesTo: () => true,
  run: (subject) =>
    subject.plan.kind === 'layer' ? layerSize(subject.artifact, subject.plan) : imageSize(subject.artifact),
}
