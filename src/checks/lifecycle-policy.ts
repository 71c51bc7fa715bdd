import { isSkipped, type PublishPlan } from '../plan/plan.ts'
import type { Repository } from '../ports/ecr.ts'
import { isImmutable } from '../publish/immutable-tags.ts'
import { type LifecycleRule, lifecycleRules } from '../publish/lifecycle/lifecycle-rules.ts'
import { ruleOfImage } from '../publish/lifecycle/rule-of-image.ts'
import type { Check, Finding, Level, Subject } from './check.ts'
import { day } from './facts/dates.ts'
import { namesOneBuild } from './facts/named-references.ts'
import { code, counted } from './facts/wording.ts'

const ID = 'lifecycle-policy'
const DAY = 24 * 60 * 60 * 1000

/** On paper: what the rules of the repository will do to the image that is about to be pushed under the planned tags. */
export const lifecyclePolicy: Check = {
  id: ID,
  title: 'No lifecycle rule removes the image while it is in use',
  appliesTo: (plan) => plan.kind === 'image' && !isSkipped(plan.publish),
  run({ plan, repository: facts, now }: Subject) {
    if (plan.kind !== 'image' || isSkipped(plan.publish) || facts === undefined) return { findings: [] }
    if ('unread' in facts) return { findings: [], notChecked: facts.unread }
    if ('unread' in facts.lifecyclePolicy) return { findings: [], notChecked: facts.lifecyclePolicy.unread }
    const { text } = facts.lifecyclePolicy
    if (text === undefined) return { findings: [] }
    const rules = lifecycleRules(text)
    if (rules === undefined)
      return { findings: [], notChecked: 'the lifecycle policy of the repository is of no known form' }
    const image = { repository: facts.repository, used: !isSkipped(plan.deploy), now }
    const found = [expiry(ruleOfImage(rules, plan.publish.tags), image), untagged(rules, plan.publish, image)]
    return {
      findings: found.flatMap((one) => one?.finding ?? []),
      ...unknown(found.flatMap((one) => one?.unknown ?? [])),
    }
  },
}

type Image = { readonly repository: Repository; readonly used: boolean; readonly now: string | undefined }
type Judged = { readonly finding?: Finding; readonly unknown?: string }

function unknown([reason]: readonly string[]): { notChecked?: string } {
  return reason === undefined ? {} : { notChecked: reason }
}

/** What the rule that decides about the image will do, and when. */
function expiry(rule: LifecycleRule | undefined, image: Image): Judged | undefined {
  if (rule === undefined) return undefined
  const { countType, countNumber } = rule.selection
  const archives = rule.action.type === 'transition'
  const does = archives ? 'archives' : 'removes'
  switch (countType) {
    case 'imageCountMoreThan': {
      const message = `${named(rule)} ${does} the image after ${counted(countNumber, 'further push', 'further pushes')} that it selects, whether a function or a version of one still uses it or not`
      const last = countNumber <= 1
      const level: Level = last ? 'warning' : 'note'
      return {
        finding: finding(rule, image, { level, message, when: `after ${counted(countNumber, 'push', 'pushes')}` }),
      }
    }
    case 'sinceImagePushed': {
      const message = `${named(rule)} ${does} the image ${countNumber} days after its push, also while a function uses it`
      return { finding: finding(rule, image, { level: 'warning', message, when: date(countNumber, image.now) }) }
    }
    case 'sinceImagePulled': {
      const message = `${named(rule)} ${does} the image when ECR has seen no pull of it for ${countNumber} days, and Lambda, which keeps a copy of its own, need not pull that often`
      const confidence = 'heuristic'
      return {
        finding: finding(rule, image, {
          level: 'warning',
          message,
          confidence,
          when: `${countNumber} days after a pull`,
        }),
      }
    }
    default:
      return { unknown: `the rule ${rule.rulePriority} counts by ${countType}, which is not known here` }
  }
}

/** An image all of whose tags move on is untagged by the next push, and then a rule about untagged images is its rule. */
function untagged(rules: readonly LifecycleRule[], { tags }: PublishPlan, image: Image): Judged | undefined {
  const rule = ruleOfImage(rules, [])
  if (rule?.selection.tagStatus !== 'untagged') return undefined
  if (tags.some((tag) => namesOneBuild(tag) || isImmutable(image.repository, tag))) return undefined
  const message = `The next push under ${tags.map(code).join(', ')} takes the tags from this image, and ${named(rule).toLowerCase()} then removes it, also while a function uses it`
  return {
    finding: finding(rule, image, { level: 'warning', message, when: 'after the next push', confidence: 'heuristic' }),
  }
}

function named({ rulePriority, description }: LifecycleRule): string {
  return `Rule ${rulePriority}${description ? ` (${code(description)})` : ''} of the lifecycle policy`
}

function date(days: number, now: string | undefined): string {
  if (now === undefined) return `${days} days after its push`
  const until = new Date(Date.parse(now) + days * DAY)
  return Number.isNaN(until.getTime()) ? `${days} days after its push` : day(until.toISOString())
}

type Told = Pick<Finding, 'level' | 'message'> & { readonly when: string; readonly confidence?: Finding['confidence'] }

/** Only of a function that this run deploys it is known that the image is in use. */
function finding({ selection }: LifecycleRule, { repository, used }: Image, told: Told): Finding {
  return {
    rule: ID,
    level: used ? told.level : 'note',
    confidence: told.confidence ?? 'proven',
    subject: repository.name,
    message: told.message,
    expected: 'an image that stays while a function uses it',
    actual: `removed ${told.when}`,
    help: `Keep images by their number instead of their age (${code('imageCountMoreThan')}, more than the versions you may roll back to), and let every deployment have a tag of its own.\naws ecr get-lifecycle-policy --repository-name ${repository.name}`,
    count: 1,
    examples: [JSON.stringify(selection)],
  }
}
