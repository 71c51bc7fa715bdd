import { foreignLayers } from '../inspect/layer-gaps.ts'
import type { Check } from './check.ts'
import { examplesOf, groupBy } from './facts/examples.ts'
import { code, counted } from './facts/wording.ts'

const ID = 'parent-directory'

export const parentDirectory: Check = {
  id: ID,
  title: 'Every path of a layer has its folders',
  appliesTo: ({ kind }) => kind === 'image',
  run({ artifact: { image } }) {
    if (image?.history === undefined)
      return { findings: [], notChecked: 'the engine did not tell the history of the image' }
    const foreign = foreignLayers(image.history)
    if (foreign === 0 && image.history.length > 0) return { findings: [] }
    if (image.layerGaps === undefined) {
      const reason = `${counted(foreign, 'layer was', 'layers were')} not made by Docker or BuildKit, and the engine did not give out its layers one by one in a form that could be read`
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
