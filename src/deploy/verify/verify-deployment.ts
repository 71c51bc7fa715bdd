import { ActionError } from '../../errors.ts'
import type { SmokeCasePlan, VerifyPlan } from '../../plan/plan.ts'
import type { FunctionAnswer, FunctionInvocations } from '../../ports/function-invocations.ts'
import type { Deployment, SmokeReport } from '../../report/report.ts'
import { hide } from '../../smoke/disclosure.ts'
import { isPassing, type PatiencePorts, persist } from '../patience.ts'
import { judgeAnswer } from './judge-answer.ts'
import { type JudgedCase, mismatch, verifiedDetail } from './wording.ts'

export type VerifyRequest = {
  readonly plan: VerifyPlan
  readonly deployment: Pick<Deployment, 'functionArn' | 'versionPublished'>
  /** Absent: the answers are not compared with any. */
  readonly smoke?: SmokeReport
  /** Milliseconds since the epoch: until then, what passes by itself is waited for. */
  readonly deadline: number
}

export type VerifyPorts = PatiencePorts & { readonly invocations: FunctionInvocations }

/**
 * Invokes what was deployed, the published version or else $LATEST, once with each case. Resolves with what the stage says;
 * rejects with verify-mismatch (all that differs), wait-timeout (not able to run in time), or what an invocation is refused with.
 */
export async function verifyDeployment(request: VerifyRequest, ports: VerifyPorts): Promise<string> {
  const { plan, deployment, smoke, deadline } = request
  const { functionArn, versionPublished: version } = deployment
  // A version by its number: an alias may send a part of its traffic elsewhere.
  const target = version === undefined ? functionArn : `${functionArn}:${version}`
  const hidden = hide(Object.values(plan.environment))
  const judged: JudgedCase[] = []
  for (const one of plan.cases) {
    const answer = await persist(() => invoke(one), deadline, ports, mayPass)
    const local = smoke?.cases.find(({ name }) => name === one.name)
    const judgement = judgeAnswer(one, local, answer, hidden)
    judged.push({ name: one.name, judgement, log: hidden.text(answer.log) })
    ports.log.info(`${one.name}: ${judgement.kind}`)
  }
  const failure = mismatch(target, judged)
  if (failure !== undefined) throw failure
  return verifiedDetail(target, judged, plan, smoke)

  async function invoke({ event }: SmokeCasePlan): Promise<FunctionAnswer> {
    const answer = await ports.invocations.invoke(functionArn, version, JSON.stringify(event))
    if (answer.outcome === 'answered') return answer
    throw new ActionError('wait-timeout', `${target} cannot be invoked yet: ${answer.reason}`, { help: NOT_YET })
  }
}

function mayPass(error: unknown): error is ActionError {
  return isPassing(error) || (error instanceof ActionError && error.code === 'wait-timeout')
}

const NOT_YET =
  'It is deployed, and Lambda is still not able to run it: give wait-timeout more seconds, or run the job again; https://health.aws.amazon.com shows known faults.'
