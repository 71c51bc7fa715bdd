import { historySteps } from '../../inspect/history-steps.ts'
import type { LayerPlan, Plan } from '../../plan/plan.ts'
import { dockerfileSteps, type Step } from '../../resolve/dockerfile-steps.ts'
import { type Origin, originOf } from '../../resolve/origin.ts'
import { settingLine } from '../../resolve/setting-line.ts'
import type { RuleId } from '../catalogue.ts'
import type { Finding, Subject } from '../check.ts'
import { imageTree } from './image-tree.ts'
import { manifestLine } from './manifest-line.ts'
import { userScope } from './user-scope.ts'
import { code } from './wording.ts'

/**
 * Findings with the line of the Dockerfile that brought their subject, or its first example, into the image; of a layer
 * the line of the manifest that asks for the package. Of an image
 * that was not built here the history tells the instruction but no line: it goes into the message. Pure; never throws.
 */
export function located(findings: readonly Finding[], subject: Subject): readonly Finding[] {
  const steps = stepsOf(subject)
  return findings.map((finding) => {
    const { plan } = subject
    if (plan.kind === 'layer') return inManifest(finding, plan)
    const line = ownLine(finding, plan)
    const origin = line === undefined ? originOfFinding(finding, subject, steps) : undefined
    const at = line ?? origin?.line
    if (at !== undefined && plan.source.from === 'build') {
      return { ...finding, location: { file: plan.source.file, line: at } }
    }
    if (origin === undefined || finding.level === 'note') return finding
    return { ...finding, message: `${finding.message}; brought in by ${code(shortened(origin))}` }
  })
}

/** A layer's package stands in the manifest that it was installed from, unless another package has brought it. */
function inManifest(finding: Finding, { source }: LayerPlan): Finding {
  if (source.from !== 'source' || source.manifest === undefined || finding.owner === undefined) return finding
  const { file, text } = source.manifest
  const line = manifestLine(file, text, finding.owner)
  return line === undefined ? finding : { ...finding, location: { file, line } }
}

function stepsOf({ plan, artifact }: Subject): readonly Step[] {
  const { image } = artifact
  if (plan.kind === 'layer' || image === undefined) return []
  if (plan.dockerfile === undefined || plan.source.from !== 'build') return historySteps(image.history ?? [])
  return dockerfileSteps(plan.dockerfile, {
    target: plan.source.target,
    buildArgs: plan.source.buildArgs,
    architecture: plan.architecture,
    environment: image.environment,
    workingDirectory: image.workingDirectory,
  })
}

// What is compared with the runtime was decided by a FROM: that of the stage that compiled, else of the final one.
const OF_SYSTEM: ReadonlySet<string> = new Set<RuleId>(['os-family', 'os-release', 'package-drift'])

/** Of what is no file: the instruction that sets it. */
function ownLine({ rule, subject }: Finding, plan: Plan): number | undefined {
  if (plan.kind === 'layer' || plan.dockerfile === undefined || plan.source.from !== 'build') return undefined
  if (subject === 'FROM') return plan.base?.line
  if (OF_SYSTEM.has(rule)) {
    const compiled = rule !== 'package-drift' && plan.buildImage?.from === 'stage' ? plan.buildImage.line : undefined
    return compiled ?? plan.base?.line
  }
  const [setting = ''] = subject.split(',')
  if (!/^[A-Z_]+$/.test(setting)) return undefined
  const { target, buildArgs, buildContexts } = plan.source
  return settingLine(plan.dockerfile, setting, { target, buildArgs, buildContexts, architecture: plan.architecture })
}

function originOfFinding({ subject, examples }: Finding, all: Subject, steps: readonly Step[]): Origin | undefined {
  const { entries } = imageTree(all.artifact)
  // A path that is not there was brought by nothing; a chain of libraries begins with the file that is loaded.
  const path = [subject, ...examples.map((example) => example.split(' -> ')[0] ?? '')].find((one) => entries.has(one))
  const entry = entries.get(path ?? '')
  if (entry === undefined) return undefined
  const scope = userScope(all)
  const origin = originOf(entry.path, steps, scope.isOfBase(entry.path) && !scope.contains(entry.path))
  // FROM is the answer where nothing else fits; it is the right one only when the base was seen to have the file.
  return origin?.keyword === 'FROM' && !scope.isOfBase(entry.path) ? undefined : origin
}

const MOST = 100

function shortened({ keyword, text }: Origin): string {
  const whole = (keyword === 'RUN' ? `RUN ${text}` : text).replace(/\s+/g, ' ').trim()
  return whole.length > MOST ? `${whole.slice(0, MOST - 1)}…` : whole
}
