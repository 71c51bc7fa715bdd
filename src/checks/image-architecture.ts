import { architectureRow } from '../lambda/architecture.ts'
import type { Check } from './check.ts'
import { code } from './facts/wording.ts'

export const imageArchitecture: Check = {
  id: 'image-architecture',
  title: 'The image is for Linux and the architecture of the function',
  appliesTo: ({ kind }) => kind === 'image',
  run({ artifact: { image }, plan }) {
    if (image === undefined) return { findings: [], notChecked: 'the configuration of the image was not read' }
    const { platform, docker } = architectureRow(plan.architecture)
    if (image.os === 'linux' && image.architecture === docker) return { findings: [] }
    const actual = `${image.os}/${image.architecture}${image.variant ? `/${image.variant}` : ''}`
    return {
      findings: [
        {
          rule: 'image-architecture',
          level: 'error',
          confidence: 'proven',
          subject: 'image',
          message: `The image is for ${code(actual)}, the function for ${code(platform)}: Lambda accepts it and then cannot start it (\`exec format error\`)`,
          expected: code(platform),
          actual: code(actual),
          help: `Build for the function's platform, or set \`architecture\` to the image's.\ndocker buildx build --platform ${platform} --provenance=false --sbom=false .`,
          count: 1,
          examples: [],
        },
      ],
    }
  },
}
