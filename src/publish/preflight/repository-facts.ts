import { ActionError } from '../../errors.ts'
import type { PublishPlan } from '../../plan/plan.ts'
import type { Ecr, Repository } from '../../ports/ecr.ts'

/** A text that ECR keeps, none, or why it could not be asked. */
export type Asked = { readonly text?: string } | { readonly unread: string }

/** The repository that the image goes to, as it is before anything is written. */
export type RepositoryFacts = {
  readonly repository: Repository
  readonly policy: Asked
  readonly lifecyclePolicy: Asked
}

/**
 * Asks ECR what stands in the way of the push, or will remove the image later. `undefined`: there is no such repository yet.
 * Rejects only when the run is cancelled: what is denied is told, and nothing depends on it.
 */
export async function repositoryFacts(
  { repository: name, registryId }: PublishPlan,
  ecr: Ecr,
): Promise<RepositoryFacts | { readonly unread: string } | undefined> {
  const found = await asked(() => ecr.repository({ name, ...(registryId === undefined ? {} : { registryId }) }))
  if ('unread' in found) return found
  const { answer: repository } = found
  if (repository === undefined) return undefined
  const [policy, lifecyclePolicy] = await Promise.all([
    text(() => ecr.policy(repository)),
    text(() => ecr.lifecyclePolicy(repository)),
  ])
  return { repository, policy, lifecyclePolicy }
}

async function text(ask: () => Promise<string | undefined>): Promise<Asked> {
  const found = await asked(ask)
  if ('unread' in found) return found
  return found.answer === undefined ? {} : { text: found.answer }
}

async function asked<T>(ask: () => Promise<T>): Promise<{ readonly answer: T } | { readonly unread: string }> {
  try {
    return { answer: await ask() }
  } catch (error) {
    if (!(error instanceof ActionError) || error.code === 'cancelled') throw error
    return { unread: error.message }
  }
}
