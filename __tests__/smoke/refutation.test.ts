import { expect, it } from 'vitest'
import type { ReportedFinding, SmokeCase, SmokeReport } from '../../src/report/report.ts'
import { tiePredictions } from '../../src/smoke/prediction.ts'
import { makeFinding } from '../builders/report.ts'

const CLAIM: ReportedFinding = {
  ...makeFinding({ rule: 'python-extension-tag', level: 'error' }),
  message: 'One file is tagged `cpython-312`, and `import a` fails',
  breaks: ['import a', 'import b'],
}

function smoked(finding: ReportedFinding, names: readonly string[], runtimes?: readonly string[]) {
  const cases = names.map((name): SmokeCase => ({ name, status: 'passed', millis: 1 }))
  const report: SmokeReport = { status: 'passed', constraints: {}, cases }
  return tiePredictions([finding], [], report, runtimes)[0]
}

it('an error of which all imports passed is a warning that says so', () => {
  expect(smoked(CLAIM, ['import a', 'import b', 'import c'], ['python3.11'])).toMatchObject({
    level: 'warning',
    confidence: 'heuristic',
    confirmedBy: [],
    refutedBy: ['import a', 'import b'],
    message: `${CLAIM.message}; the smoke refutes it: \`import a\`, \`import b\` passed`,
  })
})

it.each([
  ['one of its imports was not tried', CLAIM, ['import a']],
  ['nobody knows what cannot be imported for it', { ...CLAIM, breaks: [] }, ['import a', 'import b']],
])('stays an error when %s', (_, finding, names) => {
  const told = smoked(finding, names, ['python3.11'])
  expect(told).toMatchObject({
    level: 'error',
    confirmedBy: [],
    message: `${CLAIM.message}; no smoke case failed on it`,
  })
  expect(told).not.toHaveProperty('refutedBy')
})

it('stays an error of runtimes that were not smoked', () => {
  expect(smoked(CLAIM, ['import a', 'import b'], ['python3.11', 'python3.12'])).toMatchObject({
    level: 'error',
    message: expect.stringContaining('passed in `python3.11`, and `python3.12` was not smoked'),
  })
})

it('is an error no longer when it holds in the smoked one of several runtimes only', () => {
  const only = { ...CLAIM, runtimes: ['python3.11'] }
  expect(smoked(only, ['import a', 'import b'], ['python3.11', 'python3.12'])?.level).toBe('warning')
})
