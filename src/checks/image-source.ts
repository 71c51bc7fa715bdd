import { ecrReference, parseImageReference, registryHost } from '../image-reference.ts'
import { isSkipped } from '../plan/plan.ts'
import type { Check, Subject } from './check.ts'
import { code } from './facts/wording.ts'

const ID = 'image-source'

/** What is published goes into a private repository of the run's region by itself: only an image used as it is counts. */
export const imageSource: Check = {
  id: ID,
  title: 'A function can use the registry that the image is in',
  appliesTo: ({ kind, source, publish }) => kind === 'image' && source.from === 'reference' && isSkipped(publish),
  run(subject) {
    const { source, table } = subject.plan
    const usedBy = table['function-name']?.value
    if (source.from !== 'reference' || usedBy === undefined) return { findings: [] }
    const problem = unusable(source.image, subject)
    if (problem === undefined) return { findings: [] }
    return {
      findings: [
        {
          rule: ID,
          level: 'error',
          confidence: 'table',
          subject: 'image',
          message: `${code(String(usedBy))} cannot use ${code(source.image)}: ${problem}`,
          expected: 'an image in a private ECR repository of the region of the function',
          actual: code(registryHost(source.image)),
          help: 'Have it copied: give `repository`, and let this run publish.\nrepository: my-function',
          count: 1,
          examples: [source.image],
        },
      ],
    }
  },
}

/** Lambda developer guide, "Create a Lambda function using a container image", requirements. */
function unusable(reference: string, { plan, artifact }: Subject): string | undefined {
  const host = parseImageReference(reference)?.registry
  const ecr = ecrReference(reference)
  if (ecr === undefined) {
    // A name without a registry may be anything that was built here.
    if (host === undefined && artifact.manifest === undefined) return undefined
    if (host === 'public.ecr.aws' || host === 'ecr-public.aws.com') return 'Lambda takes no image of Amazon ECR Public'
    return 'Lambda takes images of private ECR repositories only'
  }
  if (/\.dkr[.-]ecr-fips\./.test(host ?? '')) return 'Lambda takes no reference to a FIPS endpoint of ECR'
  const region = plan.table['aws-region']?.value
  if (typeof region === 'string' && region !== ecr.region) {
    return `its registry is in ${code(ecr.region)}, the function in ${code(region)}, and Lambda takes images of its own region only`
  }
  return undefined
}
