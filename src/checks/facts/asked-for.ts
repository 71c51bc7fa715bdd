import { type WrongOption, wrongOptions } from '../../resolve/install-options.ts'
import type { Finding, Subject } from '../check.ts'
import { pythonVersion } from '../python/interpreter.ts'
import { runtimeViews } from './runtime-view.ts'
import { code } from './wording.ts'

/** Rules about code that was installed for another system. */
const OTHER_SYSTEM = new Set([
  'python-extension-tag',
  'python-wheel-tag',
  'elf-architecture',
  'foreign-binary',
  'libc-family',
  'node-platform-package',
  'node-prebuild',
])

/** Where the Dockerfile itself asks for another system, that line is what to correct: the fix says so first. Pure. */
export function askedFor(findings: readonly Finding[], subject: Subject): readonly Finding[] {
  const { plan } = subject
  const [view] = runtimeViews(subject)
  if (plan.kind === 'layer' || plan.dockerfile === undefined || view === undefined) return findings
  const python = pythonVersion(view)
  const options = wrongOptions(plan.dockerfile, {
    ...(python === undefined ? {} : { python }),
    architecture: plan.architecture,
    libc: view.libc?.family ?? 'glibc',
  })
  if (options.length === 0) return findings
  return findings.map((finding) => {
    const isAbout = finding.level !== 'note' && OTHER_SYSTEM.has(finding.rule)
    const asked = isAbout ? options.filter((one) => isOf(finding, one)) : []
    return asked.length === 0 ? finding : { ...finding, help: `${sentence(asked)} ${finding.help}` }
  })
}

function isOf({ owner = '' }: Finding, { installer }: WrongOption): boolean {
  return owner.startsWith(installer === 'pip' ? 'pkg:pypi/' : 'pkg:npm/')
}

function sentence(options: readonly WrongOption[]): string {
  const [first] = options
  const same = [...new Set(options.filter(({ line }) => line === first?.line).map(({ option }) => code(option)))]
  return `Line ${first?.line} of the Dockerfile asks for it (${same.join(', ')}): correct that line.`
}
