import type { Artifact } from './artifacts.ts'
import type { Tried } from './run-artifacts.ts'

/** What docs/corpus.md says of one artifact. */
export function row({ artifact: { install, expected }, reality, comparison }: Tried): string {
  const { requirement } = install.package
  const cells = [
    `\`${requirement}\``,
    install.runtime.name,
    install.variant,
    reality.verdict === 'works' ? 'works' : cell(firstFailure(reality)),
    comparison.errors.length === 0
      ? ''
      : [...new Set(comparison.errors.map((line) => `\`${line.split(' ')[0]}\``))].join(', '),
    outcome(expected, comparison.errors),
  ]
  return `| ${cells.join(' | ')} |`
}

/** `false`: an error about a healthy artifact. `other rule`: found, for a reason that is not the expected one. */
export function outcome(expected: Artifact['expected'], errors: readonly string[]): string {
  if (expected === 'healthy') return errors.length === 0 ? 'passed' : 'false'
  if (errors.length === 0) return 'missed'
  return errors.some((line) => expected.includes(line.split(' ')[0] ?? '')) ? 'detected' : 'other rule'
}

export function page(tried: readonly Tried[]): string {
  const count = (wanted: string) =>
    tried.filter((one) => outcome(one.artifact.expected, one.comparison.errors) === wanted).length
  const healthy = tried.filter(({ artifact }) => artifact.expected === 'healthy')
  const broken = tried.filter(({ artifact }) => artifact.expected !== 'healthy')
  const head = '| package | runtime | variant | really | our errors | |\n|---|---|---|---|---|---|'
  return `# Corpora

Layers of popular packages, installed from the registries, executed in stand-ins of the runtimes (Debian instead of
Amazon Linux) and judged by our checks. \`node scripts/node24.mjs scripts/corpus-table.ts\` makes this page; CI tries the small artifacts on every change.

| | artifacts | detected | missed | other rule | false errors |
|---|---|---|---|---|---|
| healthy | ${healthy.length} | | | | ${count('false')} |
| broken | ${broken.length} | ${count('detected')} | ${count('missed')} | ${count('other rule')} | |

## Healthy

${[head, ...healthy.map(row)].join('\n')}

## Broken

"Really" is the first error of the interpreter when it loads the package or, where loading is lazy, uses it.

${[head, ...broken.map(row)].join('\n')}
`
}

function firstFailure({ modules }: Tried['reality']): string {
  const failure = Object.values(modules).find((result) => !result.ok)
  return failure === undefined || failure.ok ? '' : shown(failure.type, failure.text)
}

/** The cause says more than the advice that wraps it. */
function shown(type: string, text: string): string {
  const cause = text.split('\n<- ').at(-1) ?? text
  const [line = ''] = cause.split('\n').filter((one) => one.trim() !== '')
  return line.startsWith(type) || /^\w*(?:Error|Exception): /.test(line) ? line : `${type}: ${line}`
}

function cell(text: string): string {
  return `\`${text.replace(/[`|]/g, ' ').replace(/\s+/g, ' ').slice(0, 160)}\``
}
