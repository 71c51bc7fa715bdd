import { architectureRow, parseArchitecture } from '../lambda/architecture.ts'
import type { Plan } from '../plan/plan.ts'
import type { Check, Finding } from './check.ts'
import { code } from './facts/wording.ts'

export const imageArchitecture: Check = {
  id: 'image-architecture',
  title: 'The image is for Linux and the architecture of the function',
  appliesTo: ({ kind }) => kind === 'image',
  run({ artifact: { image }, plan }) {
    if (image === undefined) return { findings: [], notChecked: 'the configuration of the image was not read' }
    const { platform, docker } = architectureRow(plan.architecture)
    const contradiction = buildPlatform(plan)
    if (contradiction !== undefined) return { findings: [contradiction] }
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

/** The template builds for another platform than its function has; this run built for the function's. */
function buildPlatform(plan: Plan): Finding | undefined {
  const stated = plan.kind === 'image' ? plan.buildPlatform : undefined
  const { platform } = architectureRow(plan.architecture)
  if (stated === undefined || parseArchitecture(stated.split('/', 2).join('/')) === plan.architecture) return undefined
  return {
    rule: 'image-architecture',
    level: 'error',
    confidence: 'proven',
    subject: 'image',
    message: `The template builds the image for ${code(stated)}, and its function is for ${code(platform)}: what it deploys cannot be started (\`exec format error\`)`,
    expected: code(platform),
    actual: code(stated),
    help: `Make the two agree: the function's \`Architectures\`, or the platform of its build.\nArchitectures: [${parseArchitecture(stated) ?? plan.architecture}]`,
    count: 1,
    examples: [],
  }
}
