import type { Artifact } from './artifact.ts'
import type { Tried } from './run-artifacts.ts'

/** What docs/corpus.md says of one artifact. */
export function row(one: Tried): string {
  const { errors } = one.comparison
  const rules = new Set(errors.map((line) => `\`${line.split(' ')[0]}\``))
  return `${whatHappened(one)} ${[...rules].join(', ')} | ${outcome(one.artifact.expected, errors)} |`
}

/** The part of it that no rule has to do with. */
export function whatHappened({ artifact, reality }: Tried): string {
  return `${rowStart(artifact)} ${reality.verdict === 'works' ? 'works' : cell(firstFailure(reality))} |`
}

/** By which the row of an artifact is found. */
export function rowStart({ install }: Artifact): string {
  return `| \`${install.package.requirement}\` | ${install.runtime.name} | ${install.variant} |`
}

/** `false`: an error about a healthy artifact. `other rule`: found, for a reason that is not the expected one. */
export function outcome(expected: Artifact['expected'], errors: readonly string[]): string {
  if (expected === 'healthy') return errors.length === 0 ? 'passed' : 'false'
  if (errors.length === 0) return 'missed'
  return errors.some((line) => expected.includes(line.split(' ')[0] ?? '')) ? 'detected' : 'other rule'
}

/** Both tables with the counts above them: the part of docs/corpus.md that is made. */
export function tables(tried: readonly Tried[]): string {
  const count = (wanted: string) =>
    tried.filter((one) => outcome(one.artifact.expected, one.comparison.errors) === wanted).length
  const healthy = tried.filter(({ artifact }) => artifact.expected === 'healthy')
  const broken = tried.filter(({ artifact }) => artifact.expected !== 'healthy')
  const head = '| package | runtime | variant | really | our errors | |\n|---|---|---|---|---|---|'
  return `| | artifacts | detected | missed | other rule | false errors |
|---|---|---|---|---|---|
| healthy | ${healthy.length} | | | | ${count('false')} |
| broken | ${broken.length} | ${count('detected')} | ${count('missed')} | ${count('other rule')} | |

## Healthy

${[head, ...healthy.map(row)].join('\n')}

## Broken

"Really" is the first error when the layer's package is loaded or, where loading is lazy, used.

${[head, ...broken.map(row)].join('\n')}
`
}

/** What is wrong with the tables without trying anything: rows of artifacts that are no more, artifacts without a row. */
export function outOfStep(text: string, artifacts: readonly Artifact[]): readonly string[] {
  const rows = text.split('\n').filter((line) => line.startsWith('| `'))
  const starts = artifacts.map(rowStart)
  return [
    ...starts
      .filter((start) => rows.filter((line) => line.startsWith(start)).length !== 1)
      .map((one) => `not one row of ${one}`),
    ...rows.filter((line) => !starts.some((start) => line.startsWith(start))).map((one) => `no artifact of ${one}`),
  ]
}

function firstFailure({ modules }: Tried['reality']): string {
  const failure = Object.values(modules).find((result) => !result.ok)
  return failure === undefined || failure.ok ? '' : shown(failure.type, failure.text)
}

/** The cause says more than the advice that wraps it. */
function shown(type: string, text: string): string {
  const cause = text.split('\n<- ').at(-1) ?? text
  // A message may begin with an empty line: `Error: `, then what is the matter.
  const [line = ''] = cause
    .replace(/^(\w+: )\s+/, '$1')
    .trim()
    .split('\n')
  return line.startsWith(type) || /^\w*(?:Error|Exception): /.test(line) ? line : `${type}: ${line}`
}

function cell(text: string): string {
  return `\`${text.replace(/[`|]/g, ' ').replace(/\s+/g, ' ').slice(0, 160)}\``
}
