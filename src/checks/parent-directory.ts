import { foreignLayers, namelessLayers } from '../inspect/layer-gaps.ts'
import { runtimeOfBaseImage } from '../lambda/base-image-name.ts'
import type { Check, Subject } from './check.ts'
import { baseOfImage } from './facts/base-of-image.ts'
import { examplesOf, groupBy } from './facts/examples.ts'
import { code, counted } from './facts/wording.ts'

const ID = 'parent-directory'

export const parentDirectory: Check = {
  id: ID,
  title: 'Every path of a layer has its folders',
  appliesTo: ({ kind }) => kind === 'image',
  run(subject) {
    const { image } = subject.artifact
    if (image?.history === undefined)
      return { findings: [], notChecked: 'the engine did not tell the history of the image' }
    const foreign = foreignLayers(image)
    const nameless = Math.max(0, namelessLayers(image) - trustedLayers(subject))
    if (foreign + nameless === 0) return { findings: [] }
    if (image.layerGaps === undefined) {
      const reason = `${counted(foreign + nameless, 'layer was', 'layers were')} not shown to be made by Docker or BuildKit, and the engine did not give out its layers one by one in a form that could be read`
      return { findings: [], notChecked: reason }
    }
    return {
      findings: [...groupBy(image.layerGaps, ({ layer }) => String(layer)).values()].map((gaps) => {
        const [first] = gaps
        const digest = image.layers[first?.layer ?? 0] ?? ''
        return {
          rule: ID,
          level: 'error',
          confidence: 'proven',
          subject: first?.parent ?? '/',
          message: `Layer ${(first?.layer ?? 0) + 1} of ${image.layers.length} holds ${code(first?.path ?? '')}, and neither it nor a layer below has an entry for ${code(first?.parent ?? '')}: Lambda refuses the image (\`MissingParentDirectory\`)`,
          expected: 'an entry for every folder of a path',
          actual: `${counted(gaps.length, 'folder')} without an entry in ${code(digest)}`,
          help: 'Write the folders into the layer, or let Docker build it: a file that COPY puts into the folder brings its entry.\nCOPY --from=layers /opt/ /opt/',
          ...examplesOf(gaps.map(({ path }) => path)),
        } as const
      }),
    }
  },
}

/** Layers of the AWS base image that this one is built on exactly: Lambda takes them. */
function trustedLayers(subject: Subject): number {
  const base = baseOfImage(subject)
  const isAws = base?.exact === true && runtimeOfBaseImage(base.evidence.subject.reference) !== undefined
  return isAws ? (base?.image.layers.length ?? 0) : 0
}
