import { isSkipped } from '../plan/plan.ts'
import { policyStatements } from '../publish/preflight/policy-document.ts'
import { type Answer, accountMayPull, type Puller, serviceMayPull } from '../publish/preflight/pull-permission.ts'
import type { RepositoryFacts } from '../publish/preflight/repository-facts.ts'
import { type PullAccess, withOwnPullAccess, withPullAccess } from '../publish/pull-access.ts'
import { partitionOf } from '../publish/share-repository.ts'
import type { Check, Finding, Subject } from './check.ts'
import { functionPuller } from './facts/function-puller.ts'
import { code } from './facts/wording.ts'

const ID = 'repository-policy'

/** Asked before the push, also without `share-with`: what Lambda would refuse after it. */
export const repositoryPolicy: Check = {
  id: ID,
  title: 'Lambda may pull from the repository',
  appliesTo: (plan) => plan.kind === 'image' && !isSkipped(plan.deploy),
  run({ plan, repository: facts }: Subject) {
    if (plan.kind !== 'image' || isSkipped(plan.deploy) || isSkipped(plan.publish)) return { findings: [] }
    if (facts === undefined) return { findings: [] }
    if ('unread' in facts) return { findings: [], notChecked: facts.unread }
    const puller = functionPuller(plan.deploy, plan.publish, facts.repository.registryId)
    if (puller === undefined) return { findings: [], notChecked: 'the account of the function is not known' }
    if ('unread' in facts.policy) return { findings: [], notChecked: facts.policy.unread }
    return judge(facts, facts.policy.text, puller, plan.publish.shareWith.includes(puller.account))
  },
}

function judge(facts: RepositoryFacts, text: string | undefined, puller: Puller, shared: boolean) {
  const { repository } = facts
  const statements = read(text)
  if (statements === undefined) return { findings: [], notChecked: 'the policy of the repository is no JSON' }
  const foreign = puller.account !== repository.registryId
  const answers = [serviceMayPull(statements, puller), ...(foreign ? [accountMayPull(statements, puller)] : [])]
  const denied = answers.find(({ says }) => says === 'denied')
  if (denied !== undefined) return { findings: [deniedFinding(facts, denied)] }
  const conditional = answers.find(({ says }) => says === 'conditional')
  const absent = answers.some(({ says }) => says === 'absent')
  if (absent && !shared) return { findings: [foreign ? absentFinding(facts, text, puller) : ownNote(facts, text)] }
  if (conditional === undefined) return { findings: [] }
  const where = conditional.sid === undefined ? 'a statement' : `the statement ${conditional.sid}`
  return { findings: [], notChecked: `${where} of its policy has a condition that only AWS can evaluate` }
}

function read(text: string | undefined) {
  try {
    return text === undefined ? [] : policyStatements(text)
  } catch {
    return undefined
  }
}

function deniedFinding({ repository }: RepositoryFacts, { sid }: Answer): Finding {
  return {
    ...common(repository.name),
    level: 'error',
    message: `The policy of ${code(repository.uri)} denies the pull that Lambda needs${sid === undefined ? '' : ` (statement ${code(sid)})`}`,
    actual: sid === undefined ? 'a `Deny` that matches' : `${code(sid)}: ${code('Deny')}`,
    help: `Take ${code('lambda.amazonaws.com')} out of that statement, or narrow it by a condition.\naws ecr get-repository-policy --repository-name ${repository.name}`,
  }
}

function absentFinding(
  { repository }: RepositoryFacts,
  text: string | undefined,
  { account, region }: Puller,
): Finding {
  const access: PullAccess = { accounts: [account], region, partition: partitionOf(repository.arn) }
  const policy = withPullAccess(text, access)?.policyText ?? text ?? ''
  return {
    ...common(repository.name),
    level: 'error',
    message: `The function is of account ${code(account)}, and the policy of ${code(repository.uri)} does not let its Lambda pull: the update would be refused after the push`,
    actual: text === undefined ? 'no policy' : 'a policy without it',
    help: `Run once with ${code(`share-with: ${account}`)} and credentials of ${code(repository.registryId)}, or give the repository this policy.\n${pretty(policy)}`,
  }
}

/** Of its own account Lambda writes the statement itself, when the caller may: nothing is wrong yet. */
function ownNote({ repository }: RepositoryFacts, text: string | undefined): Finding {
  return {
    ...common(repository.name),
    level: 'note',
    message: `The policy of ${code(repository.uri)} does not name ${code('lambda.amazonaws.com')} yet: Lambda adds it at the first deployment, if this job’s role may ${code('ecr:SetRepositoryPolicy')}`,
    actual: text === undefined ? 'no policy' : 'a policy without it',
    help: `Nothing, if the role has ${code('ecr:GetRepositoryPolicy')} and ${code('ecr:SetRepositoryPolicy')}; else give the repository this policy.\n${pretty(withOwnPullAccess(text))}`,
  }
}

function common(name: string) {
  return {
    rule: ID,
    confidence: 'proven',
    subject: name,
    expected: `${code('ecr:BatchGetImage')} and ${code('ecr:GetDownloadUrlForLayer')} for ${code('lambda.amazonaws.com')}`,
    count: 1,
    examples: [],
  } as const
}

function pretty(policy: string): string {
  return JSON.stringify(JSON.parse(policy), undefined, 2)
}
