import type { RepositoryFacts } from '../../src/publish/preflight/repository-facts.ts'
import { makeDeployPlan, makePublishPlan, makeRepository } from './aws.ts'
import { makePlan } from './plan.ts'
import { makeSubject } from './subject.ts'

/** The repository of `makePublishPlan`, without policies unless their documents are given. */
export function makeRepositoryFacts(
  documents: { readonly policy?: object; readonly lifecyclePolicy?: object } = {},
  overrides: Partial<RepositoryFacts> = {},
): RepositoryFacts {
  const asked = (document?: object) => (document === undefined ? {} : { text: JSON.stringify(document) })
  return {
    repository: makeRepository(),
    policy: asked(documents.policy),
    lifecyclePolicy: asked(documents.lifecyclePolicy),
    ...overrides,
  }
}

/** The statement that Lambda adds for functions of the repository's own account. */
export const OWN_STATEMENT = {
  Sid: 'LambdaECRImageRetrievalPolicy',
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
}

type Plans = {
  readonly publish?: Partial<ReturnType<typeof makePublishPlan>>
  readonly deploy?: Partial<ReturnType<typeof makeDeployPlan>>
}

/** An image that is published to the repository and deployed to a function of its account. */
export function makePublished(repository: RepositoryFacts | { readonly unread: string }, plans: Plans = {}) {
  const deploy = makeDeployPlan({ account: '123456789012', ...plans.deploy })
  return makeSubject({
    plan: makePlan({ publish: makePublishPlan(plans.publish), deploy }),
    repository,
    now: '2026-11-21T12:00:00.000Z',
  })
}
