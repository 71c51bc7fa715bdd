import { causes, isSeenToFail } from './causes.ts'
import { shorten } from './escape.ts'
import type { Report, ReportedFinding, SmokeReport, Verdict } from './report.ts'
import { count, standing } from './verdict.ts'

const LONGEST_NAME = 100

/** The first line of the report: whether it will run on Lambda, in words, claiming no more than was tried. */
export function headline(report: {
  verdict: Verdict
  subject: { kind?: 'image' | 'layer'; name: string; architecture: string }
  findings: readonly ReportedFinding[]
  plan?: Report['plan']
  smoke: SmokeReport
  stages?: Report['stages']
  failure?: { stage: string; code: string }
}): { icon: string; text: string } {
  const subject = `${shorten(report.subject.name, LONGEST_NAME)} (${report.subject.architecture})`
  const errors = causes(report).filter(isSeenToFail)
  const warnings = standing(report.findings).filter((finding) => finding.level === 'warning')
  if (report.failure !== undefined && report.failure.code !== 'findings' && report.failure.code !== 'smoke-failed') {
    const why = errors.length > 0 ? `, and ${count(errors.length, 'error')} found` : ''
    const checked = report.stages?.some(({ name, status }) => name === 'check' && status === 'passed') ?? false
    const what = checked || errors.length > 0 ? ':' : ' was not checked:'
    return {
      icon: '❌',
      text: `${subject}${what} ${STOPPED[report.failure.code] ?? `the ${report.failure.stage} stage failed`}${why}`,
    }
  }
  if (errors.length > 0) {
    const icon = report.verdict === 'failed' ? '❌' : '⚠️'
    const found = errors.filter(({ rule }) => rule !== 'smoke')
    // That a case failed was seen; that the function will not run is what the checks prove.
    if (found.length === 0) return { icon, text: `${subject} failed ${count(errors.length, 'smoke case')}` }
    const verb = report.subject.kind === 'layer' ? 'load' : 'run'
    return { icon, text: `${subject} will not ${verb} on Lambda: ${count(errors.length, 'error')}` }
  }
  const check = report.stages?.find(({ name }) => name === 'check')
  if (check?.status === 'skipped') {
    const icon = report.verdict === 'failed' ? '❌' : '⚠️'
    return { icon, text: `${subject} was not checked: ${shorten(check.detail, LONGEST_NAME)}` }
  }
  if (report.verdict === 'failed')
    return { icon: '❌', text: `${subject} was stopped by ${count(warnings.length, 'warning')}` }
  const tried = (report.subject.kind === 'layer' ? LAYER : IMAGE)[report.smoke.status]
  if (warnings.length > 0) return { icon: '⚠️', text: `${subject} ${tried}; ${count(warnings.length, 'warning')}` }
  return { icon: '✅', text: `${subject} ${tried}` }
}

const IMAGE = {
  passed: 'will run on Lambda: it answers under the constraints of Lambda',
  skipped: 'shows no reason why it would not run on Lambda (it was not invoked)',
  failed: 'failed its smoke, which `ignore` lets through',
} as const

const LAYER = {
  passed: 'will load on Lambda: it loads under the constraints of Lambda',
  skipped: 'shows no reason why it would not load on Lambda (nothing of it was loaded)',
  failed: IMAGE.failed,
} as const

const STOPPED: Readonly<Record<string, string>> = {
  'invalid-input': 'the inputs are wrong',
  'docker-unavailable': 'no usable Docker engine',
  'build-failed': 'the image could not be built',
  'image-not-found': 'the image was not found',
  'layer-invalid': 'the layer cannot be read',
  'no-credentials': 'no AWS credentials',
  'access-denied': 'AWS refused a call',
  'function-failed': 'the function could not be started',
  'update-failed': 'the function could not be updated',
  'wait-timeout': 'the function was not ready in time',
  'verify-mismatch': 'deployed, and it answers otherwise there than here',
  'function-not-found': 'there is no such function',
  'package-type-mismatch': 'the function takes no image',
  'repository-not-found': 'there is no such repository',
  'registry-error': 'the registry could not be used',
  'tag-immutable': 'a tag stands on another image already',
  conflict: 'somebody else changed the function at the same moment',
  throttled: 'AWS was asked too often',
  'manifest-unsupported': 'Lambda takes no manifest of that kind',
  cancelled: 'cancelled',
}
